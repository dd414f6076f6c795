using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Replacements;

/// <summary>Looks for loads to be counted from time to time.</summary>
internal sealed partial class ReplacementLoop(
    ReplacementCounts counts,
    IOptions<TransformOptions> options,
    TimeProvider time,
    ILogger<ReplacementLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await counts.CountAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // An outage, or a file that was swept meanwhile: the count stays unknown until the next look.
                Log.NotCounted(logger, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Replaced rows could not be counted now")]
        public static partial void NotCounted(ILogger logger, Exception failure);
    }
}
