using Dunnhumby.Contracts.Messages;
using MassTransit;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Requests;

/// <summary>Turns the news of a load into the request for a run, once per message, and acknowledges at once: the run itself comes later.</summary>
internal sealed class LoadCompletedConsumer(NpgsqlDataSource database, RunSignal signal, TimeProvider time) : IConsumer<LoadCompleted>
{
    internal const string Name = "transform-load-completed";

    /// <inheritdoc />
    public async Task Consume(ConsumeContext<LoadCompleted> context)
    {
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without id cannot be recognised when it is repeated.");
        if (await RunRequests.RequestOnceAsync(database, messageId, Name, $"load {context.Message.LoadId}", time.GetUtcNow(), context.CancellationToken))
        {
            signal.Raise();
        }
    }
}
