using Dunnhumby.Contracts.Messages;
using MassTransit;

namespace Dunnhumby.Insights.Api.Versions;

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
