using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal static class ResourceEndpoints
{
    private static readonly Dictionary<string, string> NoAttributes = new(StringComparer.Ordinal);

    public static void MapResources(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/resources", ListAsync);

    private static async Task<Ok<ApiPage<ApiResource>>> ListAsync(
        [AsParameters] ResourceFilter filter, TelemetryStore store, [FromServices] IApplicationResources? application, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await TelemetryWait.ForAsync(
            store, TelemetrySignal.Resources, () => Find(filter, store, application), resources => resources.Count > 0, filter.Wait, time, cancellationToken);
        return TypedResults.Ok(new ApiPage<ApiResource>(found, found.Count));
    }

    // Those that the application runs, in its order, then those it does not know.
    private static List<ApiResource> Find(ResourceFilter filter, TelemetryStore store, IApplicationResources? application)
    {
        var errors = store.Logs.UnviewedErrors.Counts();
        var senders = store.Resources.List().ToDictionary(sender => sender.Id, StringComparer.OrdinalIgnoreCase);
        List<ApiResource> resources = [];
        foreach (var state in application?.List() ?? [])
        {
            senders.Remove(state.Id, out var sender);
            resources.Add(Resource(sender, state, errors));
        }

        resources.AddRange(senders.Values.Select(sender => Resource(sender, null, errors)));
        return [.. resources.Where(filter.Matches)];
    }

    private static ApiResource Resource(Resources.TelemetryResource? sender, ApiResourceState? state, IReadOnlyDictionary<string, int> errors)
    {
        var id = state?.Id ?? sender?.Id ?? string.Empty;
        return new ApiResource(
            id,
            state?.Name ?? sender?.Name ?? string.Empty,
            state?.Type,
            state?.State,
            state?.Health,
            state?.ExitCode,
            state?.Reason,
            state?.StartedAt,
            state?.Urls ?? [],
            sender?.InstanceId,
            sender?.FirstSeen,
            sender?.LastSeen,
            errors.GetValueOrDefault(id),
            sender is null ? NoAttributes : ApiAttributes.Of(sender.Attributes));
    }
}
