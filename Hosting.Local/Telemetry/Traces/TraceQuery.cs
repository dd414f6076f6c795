using Dunnhumby.Hosting.Local.Telemetry.Filters;

namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>Which traces, and which window of them. Conditions that are null or empty do not filter.</summary>
public sealed record TraceQuery
{
    /// <summary>A resource's id, or the name that replicas share; a trace matches by any of its spans.</summary>
    public string? Resource { get; init; }

    /// <summary>A trace matches when one of its spans is of one of these types.</summary>
    public SpanTypes Types { get; init; }

    /// <summary>Found in the trace's name or id, ignoring case.</summary>
    public string? Text { get; init; }

    public string? TraceId { get; init; }

    public bool? HasError { get; init; }

    /// <summary>All of them must hold for one and the same span.</summary>
    public IReadOnlyList<FieldFilter> Filters { get; init; } = [];

    /// <summary>By start; the newest come first unless this is set.</summary>
    public bool OldestFirst { get; init; }

    public int Offset { get; init; }

    public int Count { get; init; } = 100;

    internal bool Accepts(TraceSummary trace) =>
        (HasError is null || HasError == trace.HasError)
        && (string.IsNullOrEmpty(TraceId) || string.Equals(TraceId, trace.TraceId, StringComparison.OrdinalIgnoreCase))
        && (Types == SpanTypes.None || (Types & trace.Types) != SpanTypes.None)
        && (string.IsNullOrEmpty(Resource) || trace.Resources.Any(part => part.Resource.Matches(Resource)))
        && (string.IsNullOrEmpty(Text)
            || trace.Name.Contains(Text, StringComparison.OrdinalIgnoreCase)
            || trace.TraceId.Contains(Text, StringComparison.OrdinalIgnoreCase));

    internal bool Accepts(TelemetrySpan span)
    {
        foreach (var filter in Filters)
        {
            if (!filter.Accepts(span.Field(filter.Field)))
            {
                return false;
            }
        }

        return true;
    }
}
