using MassTransit;

namespace Dunnhumby.Transform.Worker.Requests;

/// <summary>As <see cref="LoadCompletedConsumerDefinition"/>, on a queue of its own.</summary>
internal sealed class LoadWithdrawnConsumerDefinition : ConsumerDefinition<LoadWithdrawnConsumer>
{
    public LoadWithdrawnConsumerDefinition()
    {
        EndpointName = LoadWithdrawnConsumer.Name;
        ConcurrentMessageLimit = 1;
    }

    /// <inheritdoc />
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<LoadWithdrawnConsumer> consumerConfigurator,
        IRegistrationContext context) => RunRequestQueue.Configure(endpointConfigurator);
}
