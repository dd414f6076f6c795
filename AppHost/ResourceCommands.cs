using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.AppHost;

/// <summary>What the resources of this application offer in Aspire's dashboard beyond start and stop.</summary>
internal static class ResourceCommands
{
    private const string KeyHeader = "X-Api-Key";

    /// <summary>A link to the service's reference page, beside its address.</summary>
    public static IResourceBuilder<ProjectResource> WithApiReference(this IResourceBuilder<ProjectResource> service) =>
        service.WithUrlForEndpoint("http", _ => new ResourceUrlAnnotation { Url = "/docs", DisplayText = "API reference" });

    /// <summary>A command that asks the worker for a run over everything that was loaded.</summary>
    public static IResourceBuilder<ProjectResource> WithRebuildCommand(this IResourceBuilder<ProjectResource> worker, IResourceBuilder<ParameterResource> key) =>
        worker.WithHttpCommand(
            "/runs",
            "Rebuild insights",
            commandName: "rebuild-insights",
            commandOptions: new HttpCommandOptions
            {
                Description = "Recomputes and publishes every table.",
                IconName = "ArrowSync",
                IsHighlighted = true,
                PrepareRequest = async request => request.Request.Headers.Add(KeyHeader, await key.Resource.GetValueAsync(request.CancellationToken)),
            });

    /// <summary>A command that starts the resource which generates and uploads a synthetic panel.</summary>
    public static IResourceBuilder<ProjectResource> WithSampleCommand(this IResourceBuilder<ProjectResource> ingestion, IResourceBuilder<ProjectResource> sample) =>
        ingestion.WithCommand(
            "load-sample-data",
            "Load sample data",
            context => context.Services.GetRequiredService<ResourceCommandService>()
                .ExecuteCommandAsync(sample.Resource, KnownResourceCommands.StartCommand, context.CancellationToken),
            new CommandOptions
            {
                Description = "Generates a synthetic panel and uploads its eight files.",
                IconName = "DatabaseArrowUp",
                IsHighlighted = true,
                UpdateState = context => string.Equals(context.ResourceSnapshot.State?.Text, KnownResourceStates.Running, StringComparison.Ordinal) ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
}
