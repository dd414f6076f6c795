using Dunnhumby.Contracts.Messages;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>Looks for a newer version every <see cref="InsightsOptions.PollInterval"/>: what remains when the broker is away or a message is lost.</summary>
internal sealed partial class VersionWatcher(
    CurrentVersion current,
    IOptions<InsightsOptions> options,
    TimeProvider time,
    ILogger<VersionWatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        var answering = true;
        do
        {
            try
            {
                await current.RefreshAsync(stoppingToken);
                answering = true;
            }
            catch (Exception failure) when (DatabaseOutage.Concerns(failure))
            {
                // Said once per outage: the next ticks try again.
                if (answering)
                {
                    Log.Unreachable(logger, failure);
                }

                answering = false;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The current version cannot be read; the last one known is served and the look-up goes on")]
        public static partial void Unreachable(ILogger logger, Exception failure);
    }
}

/// <summary>Switches to a new version as soon as it is announced. Idempotent: it looks up what is current, whatever the message says.</summary>
internal sealed class InsightsPublishedConsumer(CurrentVersion current) : IConsumer<InsightsPublished>
{
    public async Task Consume(ConsumeContext<InsightsPublished> context)
    {
        // Of its own, because the regular look may have switched already.
        using var activity = InsightsTelemetry.Source.StartActivity("refresh version");
        var served = await current.RefreshAsync(context.CancellationToken);
        activity?.SetTag("dunnhumby.insights.version", served.Answer.Version);
    }
}

/// <summary>A refresh that fails is made good by the next poll.</summary>
internal sealed class InsightsPublishedConsumerDefinition() : ListenerDefinition<InsightsPublishedConsumer>("insights-published");
