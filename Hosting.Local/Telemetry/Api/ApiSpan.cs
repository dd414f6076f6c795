using Dunnhumby.Hosting.Local.Telemetry.Traces;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal sealed record ApiSpan(
    string SpanId,
    string? ParentSpanId,
    int Depth,
    string Name,
    string Kind,
    string Resource,
    string Scope,
    double OffsetMilliseconds,
    double DurationMilliseconds,
    string Status,
    string? StatusMessage,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<ApiSpanEvent> Events,
    IReadOnlyList<ApiSpanLink> Links)
{
    public static ApiSpan Of(TraceSpan row) => new(
        row.Span.SpanId,
        row.Span.ParentSpanId,
        row.Depth,
        row.Span.Name,
        row.Span.Kind.ToString(),
        row.Span.Resource.Id,
        row.Span.Scope.Name,
        row.Offset.TotalMilliseconds,
        row.Span.Duration.TotalMilliseconds,
        row.Span.Status.ToString(),
        row.Span.StatusMessage,
        ApiAttributes.Of(row.Span.Attributes),
        [.. row.Span.Events.Select(item => new ApiSpanEvent(item.Time, item.Name, ApiAttributes.Of(item.Attributes)))],
        [.. row.Span.Links.Select(link => new ApiSpanLink(link.TraceId, link.SpanId))]);
}
