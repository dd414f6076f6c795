using Quartz;

namespace Dunnhumby.Transform.Worker.Schedules;

internal static class ScheduleExtensions
{
    /// <summary>Where the scheduler keeps its tables, which it makes itself.</summary>
    private const string Tables = "quartz.qrtz_";

    /// <summary>Adds the schedules, kept in the warehouse's database: of several workers one asks for a run, and a restart forgets nothing. Without an expression there are none.</summary>
    internal static void AddSchedules(this IServiceCollection services, TransformOptions options)
    {
        services.AddSingleton<RunSchedules>();
        if (options.Schedule.Length == 0)
        {
            return;
        }

        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "transform";
                scheduler.GenerateInstanceId = true;
            });
            quartz.UseDefaultThreadPool(maxConcurrency: 1);
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(source => source.UseRegisteredDataSource = true);
                store.UseClustering();
                store.ProvisionSchema();
                store.ConfigureStore(tables => tables.TablePrefix = Tables);
            });
        });
        services.AddHostedService<ScheduleKeeper>();
    }
}
