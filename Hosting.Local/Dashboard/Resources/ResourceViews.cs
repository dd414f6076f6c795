using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Engine;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>The application's resources as pages and the API tell them, and the commands on them. Changes are told as <see cref="Telemetry.TelemetrySignal.Resources"/>.</summary>
internal sealed class ResourceViews(ApplicationEngine engine, ResourceCommands commands)
{
    /// <summary>In the order of the model; values last.</summary>
    public IReadOnlyList<ResourceView> List() => [.. engine.Instances.OrderBy(instance => ResourceKind.IsValue(instance.Resource)).Select(View)];

    /// <summary>The instance with this id, or the first with this name.</summary>
    public ResourceView? Find(string? idOrName) => Instance(idOrName) is { } instance ? View(instance) : null;

    /// <summary>Ids of the instances that a filter means: one id, or a name that replicas share.</summary>
    public IReadOnlyList<string> IdsOf(string idOrName) => [.. engine.Instances.Where(instance => instance.IsCalled(idOrName)).Select(instance => instance.Id)];

    /// <summary>Carries out a command; its outcome is a return value.</summary>
    public async Task<ExecuteCommandResult> ExecuteAsync(string id, string command, CancellationToken cancellationToken)
    {
        if (Instance(id) is not { } instance)
        {
            return CommandResults.Failure($"There is no resource '{id}'.");
        }

        try
        {
            return await commands.ExecuteAsync(instance, command, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The model's own code; what it throws is the command's outcome.
            return CommandResults.Failure(exception.Message);
        }
    }

    internal ResourceInstance? Instance(string? idOrName) =>
        engine.Instances.FirstOrDefault(instance => string.Equals(instance.Id, idOrName, StringComparison.OrdinalIgnoreCase))
        ?? engine.Instances.FirstOrDefault(instance => string.Equals(instance.Resource.Name, idOrName, StringComparison.OrdinalIgnoreCase));

    internal ResourceView View(ResourceInstance instance)
    {
        var status = instance.Status;
        var resource = instance.Resource;
        return new ResourceView(
            instance.Id,
            resource.Name,
            resource.Replicas() > 1 ? instance.Id : resource.Name,
            ResourceKind.Of(resource),
            StateOf(status, resource),
            status.Healthy,
            status.HealthReport,
            status.Problem,
            status.State == ResourceState.Waiting ? [.. WaitsFor(resource)] : [],
            ResourceKind.IsValue(resource) ? null : status.StartedAt,
            status.ExitCode,
            status.ProcessId,
            ResourceKind.SourceOf(resource),
            [.. ResourceUrls.Of(instance).Select(url => new ResourceUrl(url.Endpoint?.EndpointName ?? string.Empty, url.Url, url.DisplayText, IsLink(url.Url)))],
            ResourceKind.IsValue(resource) ? [] : [.. CommandsOf(resource, status.State)],
            ValueOf(resource),
            resource is ParameterResource { Secret: true } or Aspire.Hosting.ConnectionStringResource);
    }

    private static string StateOf(ResourceStatus status, IResource resource) =>
        ResourceKind.IsValue(resource) ? "Running" : status.State.ToString();

    private static bool IsLink(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    // A value is there once it was asked for at the start; asking again costs nothing.
    private static string? ValueOf(IResource resource) => resource switch
    {
        ParameterResource parameter => Known(parameter.GetValueAsync(CancellationToken.None)),
        Aspire.Hosting.ConnectionStringResource connection => Known(connection.ConnectionStringExpression.GetValueAsync(CancellationToken.None)),
        _ => null,
    };

    private static string Known(ValueTask<string?> value) => value.IsCompletedSuccessfully ? value.Result ?? string.Empty : string.Empty;

    private static IEnumerable<ResourceCommand> CommandsOf(IResource resource, ResourceState state)
    {
        var runs = state is ResourceState.Running or ResourceState.Starting or ResourceState.Waiting;
        yield return new(ResourceCommands.Start, "Start", null, null, !runs && state != ResourceState.Stopping);
        yield return new(ResourceCommands.Stop, "Stop", null, null, runs);
        yield return new(ResourceCommands.Restart, "Restart", null, null, state == ResourceState.Running);
        foreach (var command in resource.Annotations.OfType<CommandAnnotation>())
        {
            yield return new(command.Name, command.DisplayName, command.Options.Description, command.Options.ConfirmationMessage, IsEnabled: true);
        }
    }

    private IEnumerable<string> WaitsFor(IResource resource) =>
        from wait in resource.Annotations.OfType<WaitAnnotation>()
        from dependency in engine.InstancesOf(wait.Dependency)
        let status = dependency.Status
        where wait.ForCompletion ? status.State != ResourceState.Finished : !status.IsReady
        select dependency.Id;
}
