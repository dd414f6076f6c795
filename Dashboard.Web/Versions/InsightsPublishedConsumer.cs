using Dunnhumby.Contracts.Messages;
using Dunnhumby.Dashboard.Web.Clients;
using MassTransit;

namespace Dunnhumby.Dashboard.Web.Versions;

/// <summary>
/// Tells open pages of a new version as soon as the insights service serves it. The service hears the same message and may be a moment behind: a page that
/// asked it too early would get the old version and wait for news that has already been.
/// </summary>
internal sealed class InsightsPublishedConsumer(VersionFeed feed, InsightsClient insights, TimeProvider time) : IConsumer<InsightsPublished>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>After this the poller notices.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task Consume(ConsumeContext<InsightsPublished> context)
    {
        using var activity = DashboardTelemetry.Activities.StartActivity("refresh pages");
        activity?.SetTag("dunnhumby.insights.version", context.Message.Version);
        var started = time.GetTimestamp();
        do
        {
            var answer = await insights.CheckVersionAsync(context.CancellationToken);
            if (answer.Succeeded && answer.Value.Version >= context.Message.Version)
            {
                await feed.SetAsync(answer.Value.Version, answer.Value.FailedRun?.Id);
                return;
            }

            await Task.Delay(Pause, time, context.CancellationToken);
        }
        while (time.GetElapsedTime(started) < Patience);
    }
}
