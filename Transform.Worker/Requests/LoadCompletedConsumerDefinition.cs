using MassTransit;

namespace Dunnhumby.Transform.Worker.Requests;

/// <summary>A queue of run requests; see <see cref="RunRequestQueue"/>.</summary>
internal sealed class LoadCompletedConsumerDefinition : ConsumerDefinition<LoadCompletedConsumer>
{
    public LoadCompletedConsumerDefinition()
    {
        EndpointName = LoadCompletedConsumer.Name;
        ConcurrentMessageLimit = 4;
    }

    /// <inheritdoc />
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<LoadCompletedConsumer> consumerConfigurator,
        IRegistrationContext context) => RunRequestQueue.Configure(endpointConfigurator);
}
