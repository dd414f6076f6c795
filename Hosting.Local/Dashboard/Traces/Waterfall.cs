using System.Globalization;
using Dunnhumby.Hosting.Local.Telemetry.Traces;

namespace Dunnhumby.Hosting.Local.Dashboard.Traces;

/// <summary>Where things are on the time axis of a trace, and which of its spans are to be seen.</summary>
internal static class Waterfall
{
    /// <summary>The ticks of the axis, as parts of the whole.</summary>
    public static IReadOnlyList<double> Quarters { get; } = [0, 0.25, 0.5, 0.75, 1];

    /// <summary>A part of the whole in percent, as style attributes want it.</summary>
    public static string Percent(double part) => (100 * Math.Clamp(part, 0, 1)).ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>How far into the trace an instant is, 0 to 1; a trace that took no time is all at its start.</summary>
    public static double Position(TraceSummary trace, DateTimeOffset instant) =>
        trace.Duration > TimeSpan.Zero ? Math.Clamp((instant - trace.Start) / trace.Duration, 0, 1) : 0;

    /// <summary>How much of the trace a span takes.</summary>
    public static double Share(TraceSummary trace, TelemetrySpan span) => trace.Duration > TimeSpan.Zero ? Math.Clamp(span.Duration / trace.Duration, 0, 1) : 1;

    /// <summary>The rows but those below a collapsed span; with a text, the spans that have it and what leads to them, collapsed or not.</summary>
    public static List<TraceSpan> Visible(IReadOnlyList<TraceSpan> spans, IReadOnlySet<string> collapsed, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            return Matching(spans, text);
        }

        var rows = new List<TraceSpan>(spans.Count);
        for (var index = 0; index < spans.Count; index++)
        {
            rows.Add(spans[index]);
            if (collapsed.Contains(spans[index].Span.SpanId))
            {
                index += spans[index].Descendants;
            }
        }

        return rows;
    }

    private static List<TraceSpan> Matching(IReadOnlyList<TraceSpan> spans, string text)
    {
        var rows = new List<TraceSpan>();
        // Backwards, the depth down to which ancestors of a match are still wanted is known before they come.
        var wanted = -1;
        for (var index = spans.Count - 1; index >= 0; index--)
        {
            var row = spans[index];
            if (row.Depth == wanted || Has(row.Span, text))
            {
                rows.Add(row);
                wanted = row.Depth - 1;
            }
        }

        rows.Reverse();
        return rows;
    }

    private static bool Has(TelemetrySpan span, string text) =>
        Contains(span.Name, text) || Contains(span.SpanId, text) || Contains(span.Resource.Id, text) || Contains(span.Scope.Name, text)
        || span.Attributes.Items.Any(item => Contains(item.Value, text));

    private static bool Contains(string value, string text) => value.Contains(text, StringComparison.OrdinalIgnoreCase);
}
