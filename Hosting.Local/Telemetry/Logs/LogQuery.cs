using Dunnhumby.Hosting.Local.Telemetry.Filters;

namespace Dunnhumby.Hosting.Local.Telemetry.Logs;

/// <summary>Which logs, and which window of them. Conditions that are null or empty do not filter.</summary>
public sealed record LogQuery
{
    /// <summary>A resource's id, or the name that replicas share.</summary>
    public string? Resource { get; init; }

    public TelemetrySeverity MinimumSeverity { get; init; }

    /// <summary>Found in the message, the category, an attribute's value or the exception, ignoring case.</summary>
    public string? Text { get; init; }

    public string? TraceId { get; init; }

    public string? SpanId { get; init; }

    public IReadOnlyList<FieldFilter> Filters { get; init; } = [];

    /// <summary>By time; the newest come first unless this is set.</summary>
    public bool OldestFirst { get; init; }

    public int Offset { get; init; }

    public int Count { get; init; } = 100;

    internal bool Accepts(TelemetryLog log)
    {
        if (log.Severity < MinimumSeverity
            || !log.Resource.Matches(Resource)
            || (!string.IsNullOrEmpty(TraceId) && !string.Equals(log.TraceId, TraceId, StringComparison.OrdinalIgnoreCase))
            || (!string.IsNullOrEmpty(SpanId) && !string.Equals(log.SpanId, SpanId, StringComparison.OrdinalIgnoreCase))
            || (!string.IsNullOrEmpty(Text) && !HasText(log, Text)))
        {
            return false;
        }

        foreach (var filter in Filters)
        {
            if (!filter.Accepts(log.Field(filter.Field)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasText(TelemetryLog log, string text)
    {
        if (log.Message.Contains(text, StringComparison.OrdinalIgnoreCase) || log.Scope.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var (_, value) in log.Attributes.Items)
        {
            if (value.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
