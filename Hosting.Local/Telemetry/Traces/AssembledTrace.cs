namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>The spans of one trace that have arrived so far. Guarded by the store's lock.</summary>
internal sealed class AssembledTrace(string traceId)
{
    private readonly Dictionary<string, TelemetrySpan> _spans = new(StringComparer.Ordinal);
    private TraceSummary? _summary;

    public string TraceId { get; } = traceId;

    public IReadOnlyCollection<TelemetrySpan> Spans => _spans.Values;

    /// <summary>UTF-16 characters of all spans.</summary>
    public long TextLength { get; private set; }

    /// <summary>False when the span was already here: a sender that retries sends it twice.</summary>
    public bool Add(TelemetrySpan span)
    {
        if (!_spans.TryAdd(span.SpanId, span))
        {
            return false;
        }

        TextLength += span.TextLength;
        _summary = null;
        return true;
    }

    /// <summary>Made anew only after the trace has grown.</summary>
    public TraceSummary Summary() => _summary ??= Summarize();

    private TraceSummary Summarize()
    {
        TelemetrySpan? earliest = null;
        TelemetrySpan? root = null;
        var end = DateTimeOffset.MinValue;
        var types = SpanTypes.None;
        var hasError = false;
        foreach (var span in _spans.Values)
        {
            earliest = earliest is null || span.Start < earliest.Start ? span : earliest;
            if (span.ParentSpanId is null && (root is null || span.Start < root.Start))
            {
                root = span;
            }

            end = span.End > end ? span.End : end;
            types |= span.Type;
            hasError |= span.IsError;
        }

        var resources = _spans.Values
            .GroupBy(span => span.Resource)
            .OrderBy(group => group.Min(span => span.Start))
            .Select(group => new TraceResource(group.Key, group.Count(), group.Count(span => span.IsError)));

        return earliest is null
            ? throw new InvalidOperationException("A trace is made by its first span.")
            : new TraceSummary(TraceId, (root ?? earliest).Name, earliest.Start, end, _spans.Count, hasError, [.. resources], types);
    }
}
