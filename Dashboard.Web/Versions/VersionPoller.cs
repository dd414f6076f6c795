using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.SignIn;

namespace Dunnhumby.Dashboard.Web.Versions;

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
            await feed.SetAsync(answer.Value.Version, answer.Value.FailedRun?.Id);
        }
        else if (_reachable)
        {
            Log.NoVersion(logger, answer.Trouble.Title);
        }

        _reachable = answer.Succeeded;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The insights version is not known: {Reason}. Asking again every few seconds.")]
        internal static partial void NoVersion(ILogger logger, string reason);
    }
}
