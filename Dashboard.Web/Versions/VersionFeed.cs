using System.Collections.Concurrent;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Versions;

/// <summary>The version that readers of the insights get now, told to every open page.</summary>
internal sealed class VersionFeed(AnswerCache cache)
{
    private readonly ConcurrentDictionary<Subscription, Func<Task>> _listeners = [];
    private int _latest = -1;
    private long _failedRun;

    /// <summary>Null until it is known; 0 when nothing was published yet.</summary>
    internal int? Latest => Volatile.Read(ref _latest) is var latest and >= 0 ? latest : null;

    /// <summary>Calls <paramref name="listener"/> whenever <see cref="Latest"/> has changed or a run has failed, until the subscription is disposed.</summary>
    internal IDisposable Subscribe(Func<Task> listener)
    {
        var subscription = new Subscription(this);
        _listeners[subscription] = listener;
        return subscription;
    }

    /// <summary>The service itself said which version it serves; after a rollback that is an older one.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="failedRun">The run that failed since: pages show it, and that it is overcome.</param>
    internal Task SetAsync(int version, long? failedRun = null)
    {
        var isSameRun = Interlocked.Exchange(ref _failedRun, failedRun ?? 0) == (failedRun ?? 0);
        if (Interlocked.Exchange(ref _latest, version) == version && isSameRun)
        {
            return Task.CompletedTask;
        }

        cache.Expire();
        return Task.WhenAll(_listeners.Values.Select(listener => listener()));
    }

    private sealed class Subscription(VersionFeed feed) : IDisposable
    {
        public void Dispose() => feed._listeners.TryRemove(this, out _);
    }
}
