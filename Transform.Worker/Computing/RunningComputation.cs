using System.Threading.Channels;
using Dunnhumby.Transform.Worker.Inputs;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>A computation that goes on while those of its tables that are finished are already being copied.</summary>
internal sealed class RunningComputation : IAsyncDisposable
{
    private readonly Channel<string> _finished = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stopping;
    private readonly Task _running;
    private IReadOnlyDictionary<string, ModelFailure>? _failures;

    private RunningComputation(Computation computation, Warehouse warehouse, LakeInputs inputs, ComputationPlan plan, CancellationToken cancellationToken)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running = Task.Run(() => RunAsync(computation, warehouse, inputs, plan, _stopping.Token), CancellationToken.None);
    }

    /// <summary>Begins at once.</summary>
    /// <param name="computation">How it is computed.</param>
    /// <param name="warehouse">Its own connection is in use until this is disposed of; others read what is finished.</param>
    /// <param name="inputs">What it is computed from.</param>
    /// <param name="plan">What is computed.</param>
    /// <param name="cancellationToken">Ends it early, and so does disposing of it.</param>
    internal static RunningComputation Start(Computation computation, Warehouse warehouse, LakeInputs inputs, ComputationPlan plan, CancellationToken cancellationToken) =>
        new(computation, warehouse, inputs, plan, cancellationToken);

    /// <summary>Why models failed, by name; known when <see cref="FinishedAsync"/> has ended.</summary>
    internal IReadOnlyDictionary<string, ModelFailure> Failures => _failures ?? throw new InvalidOperationException("The computation goes on.");

    /// <summary>The models' names as their tables are finished. Ends when all that can be computed are, and are tested.</summary>
    internal IAsyncEnumerable<string> FinishedAsync(CancellationToken cancellationToken) => _finished.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(Computation computation, Warehouse warehouse, LakeInputs inputs, ComputationPlan plan, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            _failures = await computation.ComputeAsync(warehouse, inputs, plan, model => _finished.Writer.TryWrite(model), cancellationToken);
        }
        catch (Exception thrown)
        {
            // For whoever reads.
            failure = thrown;
        }

        _finished.Writer.Complete(failure);
    }
}
