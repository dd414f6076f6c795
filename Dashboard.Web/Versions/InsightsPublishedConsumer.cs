using Dunnhumby.Contracts.Messages;
using MassTransit;

namespace Dunnhumby.Dashboard.Web.Versions;

/// <summary>Tells open pages of a new version at once.</summary>
internal sealed class InsightsPublishedConsumer(VersionFeed feed) : IConsumer<InsightsPublished>
{
    public Task Consume(ConsumeContext<InsightsPublished> context) => feed.AnnounceAsync(context.Message.Version);
}
