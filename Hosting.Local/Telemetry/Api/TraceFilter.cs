using Dunnhumby.Hosting.Local.Telemetry.Traces;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>The query string of <c>GET /api/telemetry/traces</c>.</summary>
/// <param name="Type">A type of span that the trace has: http, database, messaging, rpc or other.</param>
/// <param name="Limit">Items to return, at most a thousand.</param>
/// <param name="Wait">Seconds to wait for a match, at most sixty.</param>
internal sealed record TraceFilter(string? Resource, string? TraceId, bool? HasError, string? Type, string? Text, int? Limit, int? Wait)
{
    /// <param name="type"><see cref="Type"/>, parsed.</param>
    public TraceQuery Query(SpanTypes? type) => new()
    {
        Resource = Resource,
        TraceId = TraceId,
        HasError = HasError,
        Types = type ?? SpanTypes.None,
        Text = Text,
        Count = Math.Clamp(Limit ?? 100, 1, 1000),
    };
}
