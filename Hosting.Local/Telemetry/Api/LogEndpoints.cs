using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal static class LogEndpoints
{
    public static void MapLogs(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/logs", ListAsync);

    private static async Task<Ok<ApiPage<ApiLog>>> ListAsync([AsParameters] LogFilter filter, TelemetryStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var page = await TelemetryWait.ForAsync(store, TelemetrySignal.Logs, () => store.Logs.Query(filter.Query()), logs => logs.Total > 0, filter.Wait, time, cancellationToken);
        return TypedResults.Ok(new ApiPage<ApiLog>([.. page.Items.Select(ApiLog.Of)], page.Total));
    }
}
