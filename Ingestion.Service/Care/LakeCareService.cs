using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Cares for the lake again and again. Every replica runs this; one of them has its turn.</summary>
internal sealed partial class LakeCareService(CareRounds rounds, IOptions<LakeCareOptions> options, TimeProvider time, ILogger<LakeCareService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await rounds.RunAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested && IsOutage(failure))
            {
                Log.Postponed(logger, failure);
            }
        }
    }

    /// <summary>Whether the next round may well succeed: the database is away, or the disk is full or not there.</summary>
    private static bool IsOutage(Exception failure) =>
        failure is NpgsqlException or IOException or UnauthorizedAccessException or Microsoft.EntityFrameworkCore.DbUpdateException
        || failure is InvalidOperationException { InnerException: NpgsqlException };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of lake care could not be finished: the next one goes on")]
        public static partial void Postponed(ILogger logger, Exception failure);
    }
}
