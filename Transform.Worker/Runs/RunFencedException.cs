namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>Another worker has taken the run over: nothing that this one computed may be published.</summary>
internal sealed class RunFencedException(RunLease lease) : Exception($"Run {lease.RunId} was taken over by another worker (our fence {lease.Fence}).");
