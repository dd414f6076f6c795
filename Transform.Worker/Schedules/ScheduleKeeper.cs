using Quartz;

namespace Dunnhumby.Transform.Worker.Schedules;

/// <summary>
/// Writes the schedules into the scheduler's store and starts it; removes those that are no more. It waits for the database as long as that takes: a worker works
/// without schedules until then.
/// </summary>
internal sealed partial class ScheduleKeeper(ISchedulerFactory factory, RunSchedules schedules, TimeProvider time, ILogger<ScheduleKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var scheduler in await factory.GetAllSchedulers(cancellationToken))
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Not to be interrupted: a scheduler that is half made keeps its threads, and nobody can shut it down.
                var scheduler = await factory.GetScheduler(CancellationToken.None);
                await KeepAsync(scheduler, stoppingToken);
                await scheduler.Start(stoppingToken);
                return;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotKept(logger, failure);
                await Task.Delay(PauseAfterError, time, stoppingToken);
            }
        }
    }

    private async Task KeepAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        foreach (var job in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancellationToken))
        {
            if (schedules.Find(job) is null)
            {
                await scheduler.DeleteJob(job, cancellationToken);
            }
        }

        foreach (var schedule in schedules.All)
        {
            if (!await scheduler.Exists(schedule.Trigger, cancellationToken))
            {
                await AddAsync(schedule, scheduler, cancellationToken);
            }
        }
    }

    private static async Task AddAsync(RunSchedule schedule, IScheduler scheduler, CancellationToken cancellationToken)
    {
        var job = JobBuilder.Create<ScheduledRun>().WithIdentity(schedule.Job).Build();
        // After a time without a worker, one run makes up for all that were missed.
        var trigger = TriggerBuilder.Create()
            .WithIdentity(schedule.Trigger)
            .WithCronSchedule(schedule.Cron, cron => cron.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        try
        {
            await scheduler.ScheduleJob(job, trigger, cancellationToken: cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            // Another worker added it in the same moment.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The schedules wait for the database: no run is asked for by the clock until then")]
        public static partial void NotKept(ILogger logger, Exception failure);
    }
}
