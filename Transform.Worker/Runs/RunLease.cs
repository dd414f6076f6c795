namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>A worker's hold of a run.</summary>
/// <param name="Fence">Grows with every hold of the run: only the newest may change it or publish.</param>
/// <param name="Attempt">1, and one more for each retry.</param>
/// <param name="TraceParent">The trace of the run's first request; null when it was not traced.</param>
internal sealed record RunLease(long RunId, long Fence, int Attempt, string Reason, string? TraceParent);
