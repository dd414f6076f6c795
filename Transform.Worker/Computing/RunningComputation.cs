using System.Threading.Channels;
using Dunnhumby.Contracts.Runs;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>A computation that continues while its finished tables are already being copied.</summary>
internal sealed class RunningComputation : IAsyncDisposable
{
    private readonly Channel<string> _finished = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stopping;
    private readonly Task _running;
    private readonly List<RunStep> _steps = [];
    private IReadOnlyDictionary<string, ModelFailure>? _failures;

    private RunningComputation(Func<Action<RunStep>, CancellationToken, Task<IReadOnlyDictionary<string, ModelFailure>>> compute, CancellationToken cancellationToken)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running = Task.Run(() => RunAsync(compute, _stopping.Token), CancellationToken.None);
    }

    /// <summary>Begins at once.</summary>
    /// <param name="compute">Computes, and tells each model's name when its table is there.</param>
    /// <param name="cancellationToken">Ends it early, and so does disposing of it.</param>
    internal static RunningComputation Start(
        Func<Action<RunStep>, CancellationToken, Task<IReadOnlyDictionary<string, ModelFailure>>> compute, CancellationToken cancellationToken) => new(compute, cancellationToken);

    /// <summary>One that has ended, without failures.</summary>
    internal static RunningComputation Finished(IEnumerable<RunStep> steps) => new(
        (finished, _) =>
        {
            foreach (var step in steps)
            {
                finished(step);
            }

            return Task.FromResult<IReadOnlyDictionary<string, ModelFailure>>(new Dictionary<string, ModelFailure>(StringComparer.Ordinal));
        },
        CancellationToken.None);

    /// <summary>Why models failed, by name; known when <see cref="FinishedAsync"/> has ended.</summary>
    internal IReadOnlyDictionary<string, ModelFailure> Failures => _failures ?? throw new InvalidOperationException("The computation has not ended.");

    /// <summary>What was done for each model that is there; known when <see cref="FinishedAsync"/> has ended.</summary>
    internal IReadOnlyList<RunStep> Steps => _failures is null ? throw new InvalidOperationException("The computation has not ended.") : _steps;

    /// <summary>The models' names as their tables are finished. Ends when all that can be computed are, and are tested.</summary>
    internal IAsyncEnumerable<string> FinishedAsync(CancellationToken cancellationToken) => _finished.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync(Func<Action<RunStep>, CancellationToken, Task<IReadOnlyDictionary<string, ModelFailure>>> compute, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            _failures = await compute(Finish, cancellationToken);
        }
        catch (Exception thrown)
        {
            // For the readers.
            failure = thrown;
        }

        _finished.Writer.Complete(failure);
    }

    private void Finish(RunStep step)
    {
        _steps.Add(step);
        _finished.Writer.TryWrite(step.Model);
    }
}
