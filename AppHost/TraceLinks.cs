using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.AppHost;

/// <summary>Where the pages' links to traces lead.</summary>
internal static class TraceLinks
{
    /// <summary>The name by which Aspire adds its dashboard to the model, at start.</summary>
    private const string AspireDashboard = "aspire-dashboard";

    /// <summary>Tells the pages the address of Aspire's dashboard as it is: with random ports, not the configured one.</summary>
    public static IResourceBuilder<ProjectResource> WithTraceLinks(this IResourceBuilder<ProjectResource> pages) => pages.WithEnvironment(context =>
    {
        var model = context.ExecutionContext.IsRunMode ? context.ExecutionContext.Services.GetRequiredService<DistributedApplicationModel>() : null;
        if (model?.Resources.FirstOrDefault(resource => resource.Name is AspireDashboard) is IResourceWithEndpoints dashboard)
        {
            context.EnvironmentVariables["Telemetry__DashboardUrl"] = dashboard.GetEndpoints().First(endpoint => endpoint.EndpointName is "http" or "https");
        }
    });
}
