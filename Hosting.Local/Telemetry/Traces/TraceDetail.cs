namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>A trace as a waterfall.</summary>
/// <param name="Spans">Depth first, siblings by start: the rows of the page.</param>
public sealed record TraceDetail(TraceSummary Summary, IReadOnlyList<TraceSpan> Spans)
{
    /// <summary>Depth of the deepest span, counted from 1.</summary>
    public int Depth => Spans.Max(span => span.Depth) + 1;
}
