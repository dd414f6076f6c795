using System.Threading.Channels;

namespace Dunnhumby.Catalog.Outbox;

/// <summary>Wakes the dispatcher of this process right after a commit, so that it need not wait for its next look.</summary>
public sealed class OutboxSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that a transaction with outbox rows was committed.</summary>
    public void Raise() => _signals.Writer.TryWrite(true);

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
