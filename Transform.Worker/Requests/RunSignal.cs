using System.Threading.Channels;

namespace Dunnhumby.Transform.Worker.Requests;

/// <summary>Wakes the run loop of this process when a run was asked for here; other processes' requests are found by looking.</summary>
internal sealed class RunSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal void Raise() => _signals.Writer.TryWrite(true);

    /// <summary>Waits until <see cref="Raise"/> was called since the last wait, at most for <paramref name="longest"/>.</summary>
    internal async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await _signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody called: time for the regular look.
        }
    }
}
