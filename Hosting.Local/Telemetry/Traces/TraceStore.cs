using Dunnhumby.Hosting.Local.Telemetry.Changes;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>
/// The traces that arrived last, up to <see cref="TelemetryLimits.Traces"/> and <see cref="TelemetryLimits.Spans"/>, assembled from spans that come in any
/// order; the trace whose first span came first is dropped first. Thread-safe.
/// </summary>
public sealed class TraceStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<AssembledTrace>> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<AssembledTrace> _byArrival = [];
    private readonly TelemetryLimits _limits;
    private readonly TelemetryChanges _changes;
    private int _spans;
    private long _text;

    internal TraceStore(IOptions<TelemetryLimits> limits, TelemetryChanges changes)
    {
        _limits = limits.Value;
        _changes = changes;
    }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byId.Count;
            }
        }
    }

    /// <summary>Spans of all traces.</summary>
    public int SpanCount
    {
        get
        {
            lock (_gate)
            {
                return _spans;
            }
        }
    }

    /// <summary>The matching traces by start, newest first unless the query says otherwise.</summary>
    public TelemetryPage<TraceSummary> Query(TraceQuery query)
    {
        List<TraceSummary> matches;
        lock (_gate)
        {
            matches = new List<TraceSummary>(_byId.Count);
            foreach (var trace in _byArrival)
            {
                if (query.Accepts(trace.Summary()) && (query.Filters.Count == 0 || trace.Spans.Any(query.Accepts)))
                {
                    matches.Add(trace.Summary());
                }
            }
        }

        var direction = query.OldestFirst ? 1 : -1;
        matches.Sort((left, right) => direction * (left.Start.CompareTo(right.Start) is var byStart and not 0 ? byStart : string.CompareOrdinal(left.TraceId, right.TraceId)));
        return new TelemetryPage<TraceSummary>([.. matches.Skip(query.Offset).Take(query.Count)], query.Offset, matches.Count);
    }

    /// <summary>The trace as its tree, with what has arrived so far; null when it is not (or no longer) known.</summary>
    public TraceDetail? Find(string traceId)
    {
        TraceSummary summary;
        TelemetrySpan[] spans;
        lock (_gate)
        {
            if (!_byId.TryGetValue(traceId, out var node))
            {
                return null;
            }

            summary = node.Value.Summary();
            spans = [.. node.Value.Spans];
        }

        return new TraceDetail(summary, SpanTree.Build(spans, summary.Start));
    }

    /// <summary>What the list shows of a trace, without its tree; null when it is not (or no longer) known. The same object until the trace grows.</summary>
    public TraceSummary? Summary(string traceId)
    {
        lock (_gate)
        {
            return _byId.TryGetValue(traceId, out var node) ? node.Value.Summary() : null;
        }
    }

    /// <summary>Names of the attributes in use, sorted: what a filter can be made of.</summary>
    public IReadOnlyList<string> AttributeNames(string? resource = null)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var span in _byArrival.SelectMany(trace => trace.Spans).Where(span => span.Resource.Matches(resource)))
            {
                names.UnionWith(span.Attributes.Items.Select(item => item.Key));
            }
        }

        return [.. names];
    }

    /// <summary>Forgets every trace that a resource (its id or name) has a part in, or all.</summary>
    public void Clear(string? resource = null)
    {
        lock (_gate)
        {
            foreach (var trace in _byArrival.Where(trace => trace.Spans.Any(span => span.Resource.Matches(resource))).ToList())
            {
                Drop(trace);
            }
        }

        _changes.Raise(TelemetrySignal.Traces);
    }

    internal void Add(IReadOnlyList<TelemetrySpan> spans, Rejections rejections)
    {
        lock (_gate)
        {
            foreach (var span in spans)
            {
                Add(span, rejections);
            }
        }

        _changes.Raise(TelemetrySignal.Traces);
    }

    private void Add(TelemetrySpan span, Rejections rejections)
    {
        if (!_byId.TryGetValue(span.TraceId, out var node))
        {
            node = _byArrival.AddLast(new AssembledTrace(span.TraceId));
            _byId.Add(span.TraceId, node);
        }

        var trace = node.Value;
        if (trace.Spans.Count >= _limits.SpansPerTrace)
        {
            rejections.Add($"A trace keeps at most {_limits.SpansPerTrace} spans.");
            return;
        }

        if (trace.TextLength + span.TextLength > _limits.TextPerSignal)
        {
            rejections.Add($"A trace keeps at most {_limits.TextPerSignal} characters.");
            return;
        }

        _text -= trace.TextLength;
        _spans += trace.Add(span) ? 1 : 0;
        _text += trace.TextLength;
        while (_byArrival.First is { } oldest && _byArrival.Count > 1 && (_byArrival.Count > _limits.Traces || _spans > _limits.Spans || _text > _limits.TextPerSignal))
        {
            Drop(oldest.Value);
        }
    }

    private void Drop(AssembledTrace trace)
    {
        _byId.Remove(trace.TraceId, out var node);
        if (node is not null)
        {
            _byArrival.Remove(node);
        }

        _spans -= trace.Spans.Count;
        _text -= trace.TextLength;
    }
}
