using Dunnhumby.Hosting.Local.Telemetry.Logs;

namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal sealed record ApiLog(
    long Sequence,
    DateTimeOffset Time,
    string Severity,
    string Resource,
    string Category,
    string Message,
    string? TraceId,
    string? SpanId,
    string? EventName,
    IReadOnlyDictionary<string, string> Attributes)
{
    public static ApiLog Of(TelemetryLog log) => new(
        log.Sequence,
        log.Time,
        log.Severity.ToString(),
        log.Resource.Id,
        log.Scope.Name,
        log.Message,
        log.TraceId,
        log.SpanId,
        log.EventName,
        ApiAttributes.Of(log.Attributes));
}
