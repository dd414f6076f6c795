using Dunnhumby.Contracts.Messages;
using MassTransit;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>Switches to a new version as soon as it is announced. Idempotent: it looks up what is current, whatever the message says.</summary>
internal sealed class InsightsPublishedConsumer(CurrentVersion current) : IConsumer<InsightsPublished>
{
    public Task Consume(ConsumeContext<InsightsPublished> context) => current.RefreshAsync(context.CancellationToken);
}
