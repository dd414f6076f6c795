using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal static class ResourceEndpoints
{
    public static void MapResources(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/resources", List);

    private static Ok<ApiPage<ApiResource>> List(TelemetryStore store)
    {
        var errors = store.Logs.UnviewedErrors.Counts();
        var resources = store.Resources.List();
        return TypedResults.Ok(new ApiPage<ApiResource>(
            [
                .. resources.Select(resource => new ApiResource(
                    resource.Id,
                    resource.Name,
                    resource.InstanceId,
                    resource.FirstSeen,
                    resource.LastSeen,
                    errors.GetValueOrDefault(resource.Id),
                    ApiAttributes.Of(resource.Attributes))),
            ],
            resources.Count));
    }
}
