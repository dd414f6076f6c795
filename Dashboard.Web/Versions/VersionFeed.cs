using System.Collections.Concurrent;
using System.Diagnostics;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.SignIn;
using Dunnhumby.ServiceDefaults.Messaging;
using MassTransit;

namespace Dunnhumby.Dashboard.Web.Versions;

/// <summary>The version that readers of the insights get now, told to every open page.</summary>
internal sealed class VersionFeed(AnswerCache cache)
{
    private readonly ConcurrentDictionary<Subscription, Func<Task>> _listeners = [];
    private int _latest = -1;
    private long _failedRun;
    private long _heldSince;

    /// <summary>Null until it is known; 0 when nothing was published yet.</summary>
    internal int? Latest => Volatile.Read(ref _latest) is var latest and >= 0 ? latest : null;

    /// <summary>Calls <paramref name="listener"/> whenever <see cref="Latest"/> or its hold has changed or a run has failed, until the subscription is disposed.</summary>
    internal IDisposable Subscribe(Func<Task> listener)
    {
        var subscription = new Subscription(this);
        _listeners[subscription] = listener;
        return subscription;
    }

    /// <summary>The service itself said which version it serves.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="failedRun">The run that failed since: pages show it, and that it is overcome.</param>
    /// <param name="heldSince">Since when it is held: pages show it, and that it is released.</param>
    internal Task SetAsync(int version, long? failedRun = null, DateTimeOffset? heldSince = null)
    {
        var isSameRun = Interlocked.Exchange(ref _failedRun, failedRun ?? 0) == (failedRun ?? 0);
        var hold = heldSince?.UtcTicks ?? 0;
        var isSameHold = Interlocked.Exchange(ref _heldSince, hold) == hold;
        if (Interlocked.Exchange(ref _latest, version) == version && isSameRun && isSameHold)
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

/// <summary>
/// Tells open pages of a new version as soon as the insights service serves it. The service hears the same message and may be a moment behind: a page that
/// asked it too early would get the old version and wait for news that has already been.
/// </summary>
internal sealed class InsightsPublishedConsumer(VersionFeed feed, InsightsClient insights, TimeProvider time) : IConsumer<InsightsPublished>
{
    private static readonly ActivitySource Activities = new("Dunnhumby.Dashboard");

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>After this the poller notices.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task Consume(ConsumeContext<InsightsPublished> context)
    {
        using var activity = Activities.StartActivity("refresh pages");
        activity?.SetTag("dunnhumby.insights.version", context.Message.Version);
        var started = time.GetTimestamp();
        do
        {
            var answer = await insights.CheckVersionAsync(context.CancellationToken);
            if (answer.Succeeded && answer.Value.Version >= context.Message.Version)
            {
                await feed.SetAsync(answer.Value.Version, answer.Value.FailedRun?.Id, answer.Value.HeldSince);
                return;
            }

            await Task.Delay(Pause, time, context.CancellationToken);
        }
        while (time.GetElapsedTime(started) < Patience);
    }
}

/// <summary>An announcement that is not heard is made good by the poller.</summary>
internal sealed class InsightsPublishedConsumerDefinition() : ListenerDefinition<InsightsPublishedConsumer>("dashboard-published");

/// <summary>Asks for the version every few seconds, for all circuits: the way by which a publication is noticed when its message is not.</summary>
internal sealed partial class VersionPoller(VersionFeed feed, IServiceScopeFactory scopes, TimeProvider time, ILogger<VersionPoller> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private bool _reachable = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await PollAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Visitor>().ActForDashboard();
        var answer = await scope.ServiceProvider.GetRequiredService<InsightsClient>().CheckVersionAsync(cancellationToken);
        if (answer.Succeeded)
        {
            await feed.SetAsync(answer.Value.Version, answer.Value.FailedRun?.Id, answer.Value.HeldSince);
        }
        else if (_reachable)
        {
            Log.NoVersion(logger, answer.Trouble.Title);
        }

        _reachable = answer.Succeeded;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The insights version is not known: {Reason}. Retrying every few seconds.")]
        internal static partial void NoVersion(ILogger logger, string reason);
    }
}
