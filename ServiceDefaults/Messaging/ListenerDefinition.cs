using MassTransit;

namespace Dunnhumby.ServiceDefaults.Messaging;

/// <summary>
/// A consumer of announcements, which every process must hear: a queue of its own that goes away with the process. A listener only checks again what is
/// true now, and does so regularly anyway: a message that it cannot read or handle is dropped, kept nowhere and reported to nobody.
/// </summary>
public abstract class ListenerDefinition<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    /// <summary>Names the queue after <paramref name="queue" /> and this process, and lets it handle one message at a time.</summary>
    protected ListenerDefinition(string queue)
    {
        Endpoint(endpoint =>
        {
            endpoint.Name = queue;
            endpoint.InstanceId = $"-{NewId.NextGuid():N}";
            endpoint.Temporary = true;
        });
        ConcurrentMessageLimit = 1;
    }

    /// <inheritdoc />
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.DiscardSkippedMessages();
        endpointConfigurator.PublishFaults = false;
    }
}
