using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal static class TraceEndpoints
{
    public static void MapTraces(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/traces", ListAsync);
        endpoints.MapGet("/traces/{traceId}", GetAsync);
    }

    private static async Task<Results<Ok<ApiPage<ApiTrace>>, ProblemHttpResult>> ListAsync([AsParameters] TraceFilter filter, TelemetryStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!ApiWord.TryParse<SpanTypes>(filter.Type, out var type))
        {
            return ApiWord.Unknown<SpanTypes>("type");
        }

        var query = filter.Query(type);
        var page = await TelemetryWait.ForAsync(store, TelemetrySignal.Traces, () => store.Traces.Query(query), traces => traces.Total > 0, filter.Wait, time, cancellationToken);
        return TypedResults.Ok(new ApiPage<ApiTrace>([.. page.Items.Select(ApiTrace.Of)], page.Total));
    }

    private static async Task<Results<Ok<ApiTraceDetail>, ProblemHttpResult>> GetAsync(string traceId, int? wait, TelemetryStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var trace = await TelemetryWait.ForAsync(store, TelemetrySignal.Traces, () => store.Traces.Find(traceId), found => found is not null, wait, time, cancellationToken);
        return trace is null
            ? TypedResults.Problem("No span of this trace has arrived, or the trace made room for newer ones.", statusCode: StatusCodes.Status404NotFound)
            : TypedResults.Ok(new ApiTraceDetail(ApiTrace.Of(trace.Summary), [.. trace.Spans.Select(ApiSpan.Of)]));
    }
}
