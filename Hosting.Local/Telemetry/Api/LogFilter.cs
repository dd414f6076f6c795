using Dunnhumby.Hosting.Local.Telemetry.Logs;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>The query string of <c>GET /api/telemetry/logs</c>.</summary>
/// <param name="Severity">The least severity: trace, debug, information, warning, error or critical.</param>
/// <param name="HasError">True for errors and worse only, whatever <paramref name="Severity"/> says.</param>
/// <param name="Limit">Items to return, at most a thousand.</param>
/// <param name="Wait">Seconds to wait for a match, at most sixty.</param>
internal sealed record LogFilter(string? Resource, string? TraceId, string? SpanId, string? Severity, bool? HasError, string? Text, int? Limit, int? Wait)
{
    /// <param name="severity"><see cref="Severity"/>, parsed.</param>
    public LogQuery Query(TelemetrySeverity? severity) => new()
    {
        Resource = Resource,
        TraceId = TraceId,
        SpanId = SpanId,
        MinimumSeverity = HasError == true ? (TelemetrySeverity)Math.Max((int)TelemetrySeverity.Error, (int)(severity ?? TelemetrySeverity.Trace)) : severity ?? TelemetrySeverity.Trace,
        Text = Text,
        Count = Math.Clamp(Limit ?? 100, 1, 1000),
    };
}
