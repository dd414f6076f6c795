using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dunnhumby.Hosting.Local.Telemetry.Changes;

/// <summary>Tells pages that something changed, at a pace that a browser can follow.</summary>
public sealed class TelemetryChanges
{
    /// <summary>The shortest time between two calls of one subscriber.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<ChangeSubscription, byte> _subscriptions = [];
    private readonly TimeProvider _time;
    private readonly ILogger<TelemetryChanges> _logger;

    internal TelemetryChanges(TimeProvider time, ILogger<TelemetryChanges> logger)
    {
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Calls <paramref name="callback"/> soon after the first change, and at most once per <paramref name="interval"/> for all that follow; the last
    /// change is never missed. Calls come from the thread pool and never overlap; a component goes through <c>InvokeAsync(StateHasChanged)</c>.
    /// An exception of the callback is logged and does not end the subscription; disposing does, and cancels the callback's token.
    /// </summary>
    public IDisposable Subscribe(TelemetrySignal signals, Func<CancellationToken, Task> callback, TimeSpan? interval = null)
    {
        var subscription = new ChangeSubscription(signals, callback, interval ?? DefaultInterval, _time, _logger, ended => _subscriptions.TryRemove(ended, out _));
        _subscriptions.TryAdd(subscription, 0);
        subscription.Start();
        return subscription;
    }

    internal void Raise(TelemetrySignal signals)
    {
        // The enumerator of a concurrent dictionary takes no lock.
        foreach (var (subscription, _) in _subscriptions)
        {
            subscription.Raise(signals);
        }
    }
}
