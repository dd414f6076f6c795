using MassTransit;

namespace Dunnhumby.Transform.Worker.Requests;

/// <summary>A quorum queue with a delivery limit; failures are tried again for about a minute, then the message goes to the error queue.</summary>
internal sealed class LoadCompletedConsumerDefinition : ConsumerDefinition<LoadCompletedConsumer>
{
    private const int DeliveryLimit = 10;
    private const int Retries = 8;

    public LoadCompletedConsumerDefinition()
    {
        EndpointName = LoadCompletedConsumer.Name;
        ConcurrentMessageLimit = 4;
    }

    /// <inheritdoc />
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<LoadCompletedConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        // Loads whose message ends in the error queue are still found by the reconciliation.
        endpointConfigurator.UseMessageRetry(retry =>
            retry.Exponential(Retries, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(500)));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        }
    }
}
