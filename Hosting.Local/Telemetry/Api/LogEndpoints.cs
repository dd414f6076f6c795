using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal static class LogEndpoints
{
    public static void MapLogs(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/logs", ListAsync);

    private static async Task<Results<Ok<ApiPage<ApiLog>>, ProblemHttpResult>> ListAsync([AsParameters] LogFilter filter, TelemetryStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!ApiWord.TryParse<TelemetrySeverity>(filter.Severity, out var severity))
        {
            return ApiWord.Unknown<TelemetrySeverity>("severity");
        }

        var query = filter.Query(severity);
        var page = await TelemetryWait.ForAsync(store, TelemetrySignal.Logs, () => store.Logs.Query(query), logs => logs.Total > 0, filter.Wait, time, cancellationToken);
        return TypedResults.Ok(new ApiPage<ApiLog>([.. page.Items.Select(ApiLog.Of)], page.Total));
    }
}
