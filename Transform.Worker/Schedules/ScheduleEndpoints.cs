using Dunnhumby.Contracts.Runs;
using Dunnhumby.Contracts.Security;
using Dunnhumby.ServiceDefaults.Authentication;
using Dunnhumby.ServiceDefaults.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using Quartz;

namespace Dunnhumby.Transform.Worker.Schedules;

/// <summary>The times at which runs are asked for.</summary>
internal static class ScheduleEndpoints
{
    internal static void MapSchedules(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/schedules", ListAsync).RequireScope(Scopes.Read).AnswersAreSmall();

    /// <summary>Every schedule with the tables that it makes, and its last and next time. None when the worker has no schedule.</summary>
    private static async Task<Ok<IReadOnlyList<Schedule>>> ListAsync(RunSchedules schedules, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (schedules.All.Count == 0)
        {
            return TypedResults.Ok<IReadOnlyList<Schedule>>([]);
        }

        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        List<Schedule> shown = [];
        foreach (var schedule in schedules.All)
        {
            // Not there yet when the worker has just started.
            var trigger = await scheduler.GetTrigger(schedule.Trigger, cancellationToken);
            shown.Add(new Schedule(schedule.Cron, "UTC", schedule.Models, schedule.IsRegular, trigger?.PreviousFireTimeUtc, trigger?.NextFireTimeUtc));
        }

        return TypedResults.Ok<IReadOnlyList<Schedule>>(shown);
    }
}
