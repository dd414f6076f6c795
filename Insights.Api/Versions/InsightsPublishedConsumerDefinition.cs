using MassTransit;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>
/// Every instance has a queue of its own that goes with it: each must hear of each version. No redelivery: a refresh that fails is made good by
/// the next poll.
/// </summary>
internal sealed class InsightsPublishedConsumerDefinition : ConsumerDefinition<InsightsPublishedConsumer>
{
    public InsightsPublishedConsumerDefinition()
    {
        Endpoint(endpoint =>
        {
            endpoint.Name = "insights-published";
            endpoint.InstanceId = $"-{NewId.NextGuid():N}";
            endpoint.Temporary = true;
        });
        ConcurrentMessageLimit = 1;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<InsightsPublishedConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.PublishFaults = false;
    }
}
