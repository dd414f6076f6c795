using MassTransit;

namespace Dunnhumby.Transform.Worker.Requests;

/// <summary>How queues of run requests are: quorum queues with a delivery limit; failures are tried again for about a minute, then the message goes to the error queue.</summary>
internal static class RunRequestQueue
{
    private const int DeliveryLimit = 10;
    private const int Retries = 8;

    internal static void Configure(IReceiveEndpointConfigurator endpoint)
    {
        // What a message in the error queue announced is still found by the reconciliation.
        endpoint.UseMessageRetry(retry => retry.Exponential(Retries, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(500)));
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        }
    }
}
