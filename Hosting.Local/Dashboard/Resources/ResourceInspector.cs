using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Engine;
using Dunnhumby.Hosting.Local.Engine.Variables;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>Looks at one resource closely, and at how all hang together.</summary>
internal sealed class ResourceInspector(ApplicationEngine engine, ResourceViews views, EnvironmentComposer environment)
{
    /// <summary>Every reference of the application.</summary>
    public IReadOnlyList<ResourceLink> Links() =>
        [.. engine.Instances.Select(instance => instance.Resource).Distinct().SelectMany(ResourceRelations.Of)];

    /// <summary>The details of the instance with this id, or of the first with this name; null when there is none.</summary>
    public async Task<ResourceDetails?> InspectAsync(string idOrName, CancellationToken cancellationToken = default)
    {
        if (views.Instance(idOrName) is not { } instance)
        {
            return null;
        }

        var view = views.View(instance);
        var links = Links();
        var (variables, problem) = await EnvironmentOfAsync(instance, cancellationToken);
        return new ResourceDetails(
            view,
            [.. Properties(instance, view)],
            [.. links.Where(link => string.Equals(link.From, view.Name, StringComparison.OrdinalIgnoreCase))],
            [.. links.Where(link => string.Equals(link.To, view.Name, StringComparison.OrdinalIgnoreCase))],
            [.. ChecksOf(instance)],
            variables,
            problem);
    }

    private static IEnumerable<PropertyItem> Properties(ResourceInstance instance, ResourceView view)
    {
        yield return new("Name", view.DisplayName);
        yield return new("Type", view.Type);
        yield return new("State", view.ShownState);
        if (view.StateNote is { } note)
        {
            yield return new("Reason", note);
        }

        if (view.StartedAt is { } started)
        {
            yield return new("Started", Format.Instant(started));
        }

        if (view.ProcessId is { } process)
        {
            yield return new("Process id", process.ToString(CultureInfo.InvariantCulture));
        }

        if (view.ExitCode is { } code)
        {
            yield return new("Exit code", code.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var item in SourceOf(instance.Resource, view))
        {
            yield return item;
        }

        if (instance.Resource is IResourceWithConnectionString)
        {
            yield return new("Connection string", TextOf(instance.Resource), IsMasked: true);
        }

        if (view.Value is { } value && instance.Resource is ParameterResource)
        {
            yield return new("Value", value, view.IsSecret);
        }
    }

    private static IEnumerable<PropertyItem> SourceOf(IResource resource, ResourceView view) => resource switch
    {
        ExecutableResource executable =>
        [
            new("Command", view.Source),
            new("Working directory", executable.WorkingDirectory),
        ],
        ProjectResource when resource.Annotations.Last<ProjectAnnotation>() is { } project =>
        [
            new("Project", project.ProjectFile),
            new("Replicas", resource.Replicas().ToString(CultureInfo.InvariantCulture)),
        ],
        _ => view.Source.Length > 0 ? [new("Source", view.Source)] : [],
    };

    private static string TextOf(IResource resource)
    {
        var value = ((IResourceWithConnectionString)resource).GetConnectionStringAsync(CancellationToken.None);
        return value.IsCompletedSuccessfully ? value.Result ?? string.Empty : string.Empty;
    }

    private static IEnumerable<ResourceHealthCheck> ChecksOf(ResourceInstance instance)
    {
        var status = instance.Status;
        string[] names = instance.Resource switch
        {
            PostgresServerResource or RabbitMQServerResource => ["answers and lets its user in"],
            PostgresDatabaseResource => ["answers a query"],
            _ => [.. instance.Resource.Annotations.OfType<HttpHealthAnnotation>().Select(check => $"GET {check.Path} on {check.Endpoint.EndpointName}: {check.StatusCode}")],
        };
        return names.Select(name => new ResourceHealthCheck(name, status.Healthy, status.HealthReport, status.CheckedAt));
    }

    private async Task<(IReadOnlyList<PropertyItem> Variables, string? Problem)> EnvironmentOfAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        if (instance.Resource is not IResourceWithEnvironment)
        {
            return ([], "A resource of this type gets no variables.");
        }

        try
        {
            var variables = await environment.ComposeAsync(instance, cancellationToken);
            return ([.. variables.Where(variable => variable.Value is not null).OrderBy(variable => variable.Key, StringComparer.OrdinalIgnoreCase).Select(variable => new PropertyItem(variable.Key, variable.Value ?? string.Empty, IsMasked: true))], null);
        }
        catch (Exception exception) when (exception is Aspire.Hosting.DistributedApplicationException or InvalidOperationException)
        {
            return ([], $"Not known: {exception.Message}");
        }
    }
}
