namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>A span in its place in the tree.</summary>
/// <param name="Depth">0 for a root.</param>
/// <param name="Offset">From the trace's start to the span's.</param>
/// <param name="Children">Direct children.</param>
/// <param name="Descendants">The span's subtree is this many rows that follow it.</param>
/// <param name="IsOrphan">It names a parent that has not arrived, or that is below itself.</param>
public sealed record TraceSpan(TelemetrySpan Span, int Depth, TimeSpan Offset, int Children, int Descendants, bool IsOrphan);
