using Dunnhumby.Hosting.Local.Telemetry.Traces;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal sealed record ApiTrace(string TraceId, string Name, DateTimeOffset Start, double DurationMilliseconds, int Spans, bool HasError, IReadOnlyList<ApiTraceResource> Resources)
{
    public static ApiTrace Of(TraceSummary trace) => new(
        trace.TraceId,
        trace.Name,
        trace.Start,
        trace.Duration.TotalMilliseconds,
        trace.Spans,
        trace.HasError,
        [.. trace.Resources.Select(part => new ApiTraceResource(part.Resource.Id, part.Resource.Name, part.Spans, part.Errors))]);
}
