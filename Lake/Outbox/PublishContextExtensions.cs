using MassTransit;

namespace Dunnhumby.Lake.Outbox;

internal static class PublishContextExtensions
{
    /// <summary>Asks RabbitMQ to return the message when no queue is bound; other transports have no such flag.</summary>
    internal static void TrySetMandatory(this PublishContext context)
    {
        if (context.TryGetPayload(out RabbitMqSendContext? rabbit))
        {
            rabbit.Mandatory = true;
        }
    }
}
