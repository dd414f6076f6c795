using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Runs;
using Quartz;

namespace Dunnhumby.Transform.Worker.Schedules;

/// <summary>Asks for a run when a schedule says so, unless somebody went back to a version and it is held.</summary>
internal sealed partial class ScheduledRun(RunSchedules schedules, PublishedVersion published, RunRequests requests, VersionHold hold, ILogger<ScheduledRun> logger) : IJob
{
    internal const string Reason = "schedule";

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (schedules.Find(context.JobDetail.Key) is { } schedule)
        {
            await RequestAsync(schedule, cancellationToken);
        }
    }

    internal async Task RequestAsync(RunSchedule schedule, CancellationToken cancellationToken)
    {
        if (await hold.StandsAsync(run: null, cancellationToken))
        {
            Log.Skipped(logger, schedule.Cron);
            return;
        }

        var current = await published.FindAsync(cancellationToken);
        var fresh = (current?.Tables ?? []).Where(table => table.State is TableStates.Fresh).Select(table => table.Name);
        string[] waiting = current is null ? [] : [.. schedule.Models.Except(fresh, StringComparer.Ordinal)];
        if (waiting.Length > 0 || schedule.IsRegular)
        {
            await requests.RequestAsync(Reason, waiting, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The run of the schedule '{Cron}' is skipped: somebody went back to the published version, and it is held")]
        public static partial void Skipped(ILogger logger, string cron);
    }
}
