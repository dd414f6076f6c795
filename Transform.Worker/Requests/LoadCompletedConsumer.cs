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
        await using var connection = await database.OpenConnectionAsync(context.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(context.CancellationToken);
        if (!await IsNewAsync(connection, messageId, context.CancellationToken))
        {
            return;
        }

        await RunRequests.RequestAsync(connection, $"load {context.Message.LoadId}", context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
        signal.Raise();
    }

    private async Task<bool> IsNewAsync(NpgsqlConnection connection, Guid messageId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "insert into catalog.inbox (message_id, consumer, received_at) values ($1, $2, $3) on conflict do nothing",
            connection);
        command.Parameters.AddWithValue(messageId);
        command.Parameters.AddWithValue(Name);
        command.Parameters.AddWithValue(time.GetUtcNow());
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
