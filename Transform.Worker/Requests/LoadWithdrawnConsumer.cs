using Dunnhumby.Contracts.Messages;
using MassTransit;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Requests;

/// <summary>Turns the news that a load was withdrawn into the request for a run, once per message: the run then reads the lake without it.</summary>
internal sealed class LoadWithdrawnConsumer(NpgsqlDataSource database, RunSignal signal, TimeProvider time) : IConsumer<LoadWithdrawn>
{
    internal const string Name = "transform-load-withdrawn";

    /// <inheritdoc />
    public async Task Consume(ConsumeContext<LoadWithdrawn> context)
    {
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without id cannot be recognised when it is repeated.");
        if (await RunRequests.RequestOnceAsync(database, messageId, Name, $"withdrawal of load {context.Message.LoadId}", time.GetUtcNow(), context.CancellationToken))
        {
            signal.Raise();
        }
    }
}
