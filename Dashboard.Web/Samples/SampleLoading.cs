using System.Collections.Concurrent;
using System.Security.Claims;
using System.Threading.Channels;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Clients;

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
    /// <param name="by">Whose loads they are; null without sign-in.</param>
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

    /// <summary>Whether readers should keep watching the files instead of <paramref name="version"/>, which is made from some of them only.</summary>
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
/// <param name="By">Who asked; null without sign-in.</param>
internal sealed record SampleOrder(CancellationTokenSource Stop, ClaimsPrincipal? By);

/// <summary>The loading of sample data as it stands.</summary>
/// <param name="Files">All eight, in the order in which they are sent; empty when nobody asked for them.</param>
/// <param name="Trouble">Why a file was not taken; null otherwise.</param>
/// <param name="EndedAt">When it ended; null before.</param>
public sealed record SampleProgress(SampleState State, IReadOnlyList<SampleFile> Files, Trouble? Trouble = null, DateTimeOffset? EndedAt = null)
{
    public static SampleProgress None { get; } = new(SampleState.None, []);

    /// <summary>Whether <paramref name="version"/> was made from all of the files.</summary>
    public bool IsIn(InsightsVersion version)
    {
        var loads = version.Loads.Select(load => load.Id).ToHashSet();
        return Files.All(file => file.LoadId is { } id && loads.Contains(id));
    }
}

/// <summary>How far the loading of sample data is.</summary>
public enum SampleState
{
    /// <summary>Nobody asked for it since this process started.</summary>
    None,

    /// <summary>Files are being generated and uploaded.</summary>
    Running,

    /// <summary>All files are loaded; the figures follow in a moment.</summary>
    Loaded,

    /// <summary>A file was not taken; those before it are loaded.</summary>
    Failed,

    /// <summary>A reader stopped it; the files before are loaded.</summary>
    Stopped,
}

/// <summary>One file of the sample data.</summary>
/// <param name="Dataset">Its data set.</param>
/// <param name="Percent">How much of it was sent, 0 to 100.</param>
/// <param name="LoadId">The load it became; null before.</param>
public sealed record SampleFile(string Dataset, SampleFileState State = SampleFileState.Waiting, int Percent = 0, long? LoadId = null);

/// <summary>What became of one file of the sample data.</summary>
public enum SampleFileState
{
    Waiting,
    Sending,
    Loaded,
    Failed,
}
