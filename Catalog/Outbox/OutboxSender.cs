using System.Diagnostics;
using Dunnhumby.Catalog.Messages;
using MassTransit;

namespace Dunnhumby.Catalog.Outbox;

/// <summary>
/// Sends one outbox row with its stored id, the mandatory flag (a message that no queue takes comes back as an error) and publisher confirms.
/// Publishing can hang after a broker restart, so it has its own time limit.
/// </summary>
internal sealed class OutboxSender(IBus bus, TimeProvider time)
{
    private static readonly ActivitySource Activities = new("Dunnhumby.Outbox");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    internal async Task SendAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("dispatch outbox", ActivityKind.Internal, row.TraceParent);
        activity?.SetTag("messaging.system", "rabbitmq").SetTag("messaging.message.id", row.MessageId).SetTag("dunnhumby.message", row.Type).SetTag("dunnhumby.attempt", row.Attempts);
        var message = OutboxMessages.Read(row);
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var published = bus.Publish(
            message,
            message.GetType(),
            context =>
            {
                context.MessageId = row.MessageId;
                context.TrySetMandatory();
            },
            either.Token);
        await published.WaitAsync(Limit, time, cancellationToken);
    }
}

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
