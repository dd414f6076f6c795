using System.Threading.Channels;

namespace Dunnhumby.Catalog;

/// <summary>
/// Wakes a loop of this process that looks into the catalog from time to time, right after somebody here has put something there. What other processes put there
/// is found by looking.
/// </summary>
public abstract class WakeUp
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Says that there is something to do: it has been committed.</summary>
    public void Raise() => _signals.Writer.TryWrite(true);

    /// <summary>Waits until <see cref="Raise"/> was called since the last wait, at most for <paramref name="longest"/>.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider time, CancellationToken cancellationToken)
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
