using System.Net.Sockets;
using Dunnhumby.Catalog.Messages;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Dunnhumby.Catalog.Outbox;

/// <summary>
/// Sends what waits in the outbox, the least tried first and of those the oldest, and marks it sent. Only one dispatcher of all processes works at a time (an advisory lock).
/// A message that cannot be sent now is retried at the next check: at-least-once on the wire.
/// </summary>
internal sealed partial class OutboxDispatcher(
    IDbContextFactory<LakeCatalog> catalogs,
    OutboxSender sender,
    OutboxReader reader,
    OutboxSignal signal,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const long AdvisoryLock = 0x6F7574626F78; // "outbox"
    private const int BatchSize = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How often what waits is measured, also by processes that do not send.</summary>
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);
    private long _measured;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DispatchAsync(stoppingToken);
                await MeasureAsync(stoppingToken);
            }
            catch (Exception unreachable) when (IsDatabaseFailure(unreachable))
            {
                Log.DatabaseUnreachable(logger, unreachable);
            }

            await signal.WaitAsync(Pause, time, stoppingToken);
        }
    }

    private async Task MeasureAsync(CancellationToken cancellationToken)
    {
        if (_measured == 0 || time.GetElapsedTime(_measured) >= Measured)
        {
            _measured = time.GetTimestamp();
            await reader.ReadAsync(cancellationToken);
        }
    }

    private async Task DispatchAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var mine = await catalog.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({AdvisoryLock}) as \"Value\"").SingleAsync(cancellationToken);
        if (!mine)
        {
            return;
        }

        var unsent = await catalog.Outbox
            .Where(row => row.SentAt == null)
            .OrderBy(row => row.Attempts)
            .ThenBy(row => row.Sequence)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        foreach (var row in unsent)
        {
            row.Attempts++;
            var problem = await SendAsync(row, cancellationToken);
            row.LastError = problem?.Message;
            if (problem is null)
            {
                row.SentAt = time.GetUtcNow();
            }
            else if (problem is not (MessageReturnedException or UnreadableMessageException))
            {
                // The broker is in trouble. A message without a listener, or an unreadable one, must not hold up later messages.
                break;
            }
        }

        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Null when the broker confirmed the message; otherwise why it did not.</summary>
    private async Task<Exception?> SendAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        try
        {
            await sender.SendAsync(row, cancellationToken);
            Log.Sent(logger, row.MessageId, row.Type, row.Attempts);
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && IsDeliveryFailure(failure))
        {
            Log.NotSent(logger, row.MessageId, row.Type, row.Attempts, failure);
            return failure;
        }
    }

    private static bool IsDeliveryFailure(Exception failure) =>
        failure is TimeoutException or OperationCanceledException or MassTransitException or RabbitMQClientException or IOException or SocketException or UnreadableMessageException;

    /// <summary>EF Core wraps what the driver says: once for a query, twice when changes are saved.</summary>
    private static bool IsDatabaseFailure(Exception failure) =>
        failure is NpgsqlException || (failure.InnerException is { } inner && IsDatabaseFailure(inner));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Sent {MessageId} ({MessageType}), attempt {Attempt}")]
        public static partial void Sent(ILogger logger, Guid messageId, string messageType, int attempt);

        [LoggerMessage(LogLevel.Warning, "Could not send {MessageId} ({MessageType}), attempt {Attempt}: it stays in the outbox")]
        public static partial void NotSent(ILogger logger, Guid messageId, string messageType, int attempt, Exception failure);

        [LoggerMessage(LogLevel.Warning, "The outbox waits for the database")]
        public static partial void DatabaseUnreachable(ILogger logger, Exception failure);
    }
}
