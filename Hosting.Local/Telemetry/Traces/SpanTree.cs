namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>Puts the spans of a trace in the order of its tree, whatever their parents claim.</summary>
internal static class SpanTree
{
    /// <summary>Depth first, siblings by start. A span whose parent is missing is a root; of a ring of parents, the earliest span is made the root.</summary>
    public static IReadOnlyList<TraceSpan> Build(IReadOnlyList<TelemetrySpan> spans, DateTimeOffset start)
    {
        var ordered = spans.OrderBy(span => span.Start).ThenByDescending(span => span.End).ThenBy(span => span.SpanId, StringComparer.Ordinal).ToList();
        var known = ordered.Select(span => span.SpanId).ToHashSet(StringComparer.Ordinal);
        var children = ordered.Where(span => HasParent(span, known)).ToLookup(span => span.ParentSpanId, StringComparer.Ordinal);
        var rows = new List<Row>(ordered.Count);
        var placed = new HashSet<string>(StringComparer.Ordinal);

        // Roots first, then whatever only a ring leads to.
        foreach (var root in ordered.Where(span => !HasParent(span, known)).Concat(ordered))
        {
            Place(root, children, rows, placed);
        }

        return Finish(rows, start);
    }

    private static bool HasParent(TelemetrySpan span, HashSet<string> known) => span.ParentSpanId is { } parent && known.Contains(parent);

    // With a stack of its own: a chain of parents may be as long as the trace.
    private static void Place(TelemetrySpan root, ILookup<string?, TelemetrySpan> children, List<Row> rows, HashSet<string> placed)
    {
        var waiting = new Stack<(TelemetrySpan Span, int Depth, int Parent)>();
        waiting.Push((root, 0, -1));
        while (waiting.TryPop(out var next))
        {
            if (!placed.Add(next.Span.SpanId))
            {
                continue;
            }

            var index = rows.Count;
            rows.Add(new Row(next.Span, next.Depth, next.Parent));
            foreach (var child in children[next.Span.SpanId].Reverse())
            {
                waiting.Push((child, next.Depth + 1, index));
            }
        }
    }

    private static List<TraceSpan> Finish(List<Row> rows, DateTimeOffset start)
    {
        var direct = new int[rows.Count];
        var descendants = new int[rows.Count];

        // Backwards, every row is complete before its parent is reached.
        for (var index = rows.Count - 1; index >= 0; index--)
        {
            if (rows[index].Parent is var parent and >= 0)
            {
                direct[parent]++;
                descendants[parent] += descendants[index] + 1;
            }
        }

        return [.. rows.Select((row, index) => new TraceSpan(row.Span, row.Depth, row.Span.Start - start, direct[index], descendants[index], row.Depth == 0 && row.Span.ParentSpanId is not null))];
    }

    private readonly record struct Row(TelemetrySpan Span, int Depth, int Parent);
}
