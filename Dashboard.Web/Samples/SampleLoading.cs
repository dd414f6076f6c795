using System.Collections.Concurrent;
using System.Security.Claims;
using System.Threading.Channels;
using Dunnhumby.Contracts.Insights;

namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>Loading sample data, as pages ask for it and watch it: one run at a time for all readers of this process.</summary>
internal sealed class SampleLoading(TimeProvider time) : IDisposable
{
    /// <summary>After this, pages show what is published even when it is not made from all files: something keeps the insights from coming.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Channel<SampleOrder> _asked = Channel.CreateUnbounded<SampleOrder>();
    private readonly ConcurrentDictionary<Subscription, Func<Task>> _watchers = [];
    private readonly Lock _lock = new();
    private CancellationTokenSource? _stop;
    private SampleProgress _progress = SampleProgress.None;

    internal SampleProgress Progress => Volatile.Read(ref _progress);

    /// <summary>The runs to do.</summary>
    internal ChannelReader<SampleOrder> Asked => _asked.Reader;

    /// <summary>Asks for a run; does nothing while one is under way.</summary>
    /// <param name="by">Whose loads they are; null where nobody signs in.</param>
    internal void Start(ClaimsPrincipal? by = null)
    {
        lock (_lock)
        {
            if (_stop is not null)
            {
                return;
            }

            _stop = new CancellationTokenSource();
            Volatile.Write(ref _progress, new SampleProgress(SampleState.Running, []));
            _asked.Writer.TryWrite(new SampleOrder(_stop, by));
        }
    }

    /// <summary>Stops the run under way; the file that is being sent leaves nothing behind, those before it stay.</summary>
    internal void Stop()
    {
        lock (_lock)
        {
            _stop?.Cancel();
        }
    }

    /// <summary>Whether readers should go on watching the files instead of <paramref name="version"/>, which is made from some of them only.</summary>
    internal bool IsPending(InsightsVersion version) => Progress switch
    {
        { State: SampleState.Running } => true,
        { State: SampleState.Loaded, EndedAt: { } ended } progress => time.GetUtcNow() - ended < Patience && !progress.IsIn(version),
        _ => false,
    };

    /// <summary>Calls <paramref name="watcher"/> whenever <see cref="Progress"/> has changed, until the subscription is disposed.</summary>
    internal IDisposable Subscribe(Func<Task> watcher)
    {
        var subscription = new Subscription(this);
        _watchers[subscription] = watcher;
        return subscription;
    }

    public void Dispose() => _stop?.Dispose();

    internal Task TellAsync(SampleProgress progress)
    {
        lock (_lock)
        {
            Volatile.Write(ref _progress, progress);
            if (progress.State != SampleState.Running)
            {
                _stop?.Dispose();
                _stop = null;
            }
        }

        return Task.WhenAll(_watchers.Values.Select(watcher => watcher()));
    }

    private sealed class Subscription(SampleLoading loading) : IDisposable
    {
        public void Dispose() => loading._watchers.TryRemove(this, out _);
    }
}

/// <summary>A run that somebody asked for.</summary>
/// <param name="Stop">Stops it.</param>
/// <param name="By">Who asked; null where nobody signs in.</param>
internal sealed record SampleOrder(CancellationTokenSource Stop, ClaimsPrincipal? By);
