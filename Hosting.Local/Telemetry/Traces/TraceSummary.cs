namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>A row of the list of traces. Immutable; a trace that grows gets a new one.</summary>
/// <param name="TraceId">32 lower-case hexadecimal digits.</param>
/// <param name="Name">Name of the root span, or of the earliest span while no root has arrived.</param>
/// <param name="Start">Earliest start of all spans.</param>
/// <param name="End">Latest end of all spans.</param>
/// <param name="Resources">In the order of their first spans.</param>
/// <param name="Types">The types of all its spans.</param>
public sealed record TraceSummary(
    string TraceId,
    string Name,
    DateTimeOffset Start,
    DateTimeOffset End,
    int Spans,
    bool HasError,
    IReadOnlyList<TraceResource> Resources,
    SpanTypes Types)
{
    public TimeSpan Duration => End - Start;
}
