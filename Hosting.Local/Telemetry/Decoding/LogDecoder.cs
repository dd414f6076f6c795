using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>Reads log records. Every one is acceptable: ids that are none are left out.</summary>
internal sealed class LogDecoder(AttributeDecoder attributes, ScopeDecoder scopes, TimeProvider time)
{
    private const int SeveritiesPerRange = 4;

    public IReadOnlyList<TelemetryLog> Decode(ExportLogsServiceRequest request)
    {
        List<TelemetryLog> logs = [];
        foreach (var fromResource in request.ResourceLogs)
        {
            var resource = scopes.Resource(fromResource.Resource);
            foreach (var fromScope in fromResource.ScopeLogs)
            {
                var scope = scopes.Scope(fromScope.Scope);
                foreach (var record in fromScope.LogRecords)
                {
                    logs.Add(Decode(record, resource, scope));
                }
            }
        }

        return logs;
    }

    private TelemetryLog Decode(LogRecord record, TelemetryResource resource, TelemetryScope scope) => new()
    {
        Time = OtlpTime.Or(record.TimeUnixNano, OtlpTime.Or(record.ObservedTimeUnixNano, time.GetUtcNow())),
        Severity = Severity(record),
        SeverityText = attributes.Name(record.SeverityText),
        Message = attributes.Text(record.Body),
        Attributes = attributes.Decode(record.Attributes, record.DroppedAttributesCount),
        TraceId = OtlpId.Trace(record.TraceId),
        SpanId = OtlpId.Span(record.SpanId),
        EventName = record.EventName.Length > 0 ? attributes.Name(record.EventName) : null,
        Resource = resource,
        Scope = scope,
    };

    // Numbers 1 to 24, four to a range. Without a number, the sender's word has to do.
    private static TelemetrySeverity Severity(LogRecord record) => record.SeverityNumber switch
    {
        >= 1 and <= 24 => (TelemetrySeverity)((record.SeverityNumber - 1) / SeveritiesPerRange),
        _ => record.SeverityText.ToUpperInvariant() switch
        {
            "TRACE" or "TRCE" => TelemetrySeverity.Trace,
            "DEBUG" or "DBUG" => TelemetrySeverity.Debug,
            "WARN" or "WARNING" => TelemetrySeverity.Warning,
            "ERROR" or "FAIL" => TelemetrySeverity.Error,
            "FATAL" or "CRITICAL" or "CRIT" => TelemetrySeverity.Critical,
            _ => TelemetrySeverity.Information,
        },
    };
}
