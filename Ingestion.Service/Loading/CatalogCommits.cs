using System.Runtime.ExceptionServices;
using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Outbox;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// The one way in which loads, replays and withdrawals reach the catalog: one transaction with the messages that tell of it. A short outage before the commit, such as
/// a restart of the database, is ridden out for about five seconds. When the answer to the commit is lost, the server is asked what became of it.
/// </summary>
internal sealed class CatalogCommits(IDbContextFactory<LakeCatalog> catalogs, CommitInquiry inquiry, OutboxSignal signal, TimeProvider time)
{
    private const int Retries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    // Work whose outcome is not known is not repeated.
    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } failure and not CommitUnknownException && DatabaseOutage.IsIn(failure)),
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            UseJitter = true,
        })
        .Build();

    /// <summary>Reads from the catalog, riding out a short outage.</summary>
    internal async Task<T> ReadAsync<T>(Func<LakeCatalog, CancellationToken, Task<T>> read, CancellationToken cancellationToken) => await _retry.ExecuteAsync(
        async cancelled =>
        {
            await using var catalog = await catalogs.CreateDbContextAsync(cancelled);
            return await read(catalog, cancelled);
        },
        cancellationToken);

    /// <summary>Writes and commits.</summary>
    /// <param name="write">Writes within the transaction, and says what came of it and whether to commit.</param>
    /// <param name="find">Asked when the answer to the commit was lost and the transaction is over: what <paramref name="write"/> had said; null when nothing was committed.</param>
    /// <exception cref="CommitUnknownException">Whether it was committed cannot be told.</exception>
    internal async Task<T> CommitAsync<T>(
        Func<LakeCatalog, CancellationToken, Task<(T Written, bool Commits)>> write, Func<LakeCatalog, Task<T?>> find, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await _retry.ExecuteAsync(async cancelled => await CommitOnceAsync(write, cancelled), cancellationToken);
        }
        catch (CommitUnknownException lost)
        {
            var (isOver, written) = await AskAsync(find, lost.TransactionId);
            if (written is null)
            {
                // What was certainly not committed failed as any other work does.
                ExceptionDispatchInfo.Throw(isOver ? lost.Cause : lost);
            }

            signal.Raise();
            return written;
        }
    }

    private async Task<T> CommitOnceAsync<T>(Func<LakeCatalog, CancellationToken, Task<(T Written, bool Commits)>> write, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var (written, commits) = await write(catalog, cancellationToken);
        if (!commits)
        {
            return written;
        }

        var transactionId = await CommitInquiry.IdAsync(catalog, cancellationToken);
        try
        {
            // Not cancelled from here on: a commit that is cancelled half-way is a commit of unknown outcome.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException lost) when (DatabaseOutage.IsIn(lost))
        {
            throw new CommitUnknownException(transactionId, lost);
        }

        signal.Raise();
        return written;
    }

    private async Task<(bool IsOver, T? Written)> AskAsync<T>(Func<LakeCatalog, Task<T?>> find, long transactionId)
        where T : class
    {
        try
        {
            if (await inquiry.IsOverAsync(transactionId))
            {
                await using var catalog = await catalogs.CreateDbContextAsync(CancellationToken.None);
                return (true, await find(catalog));
            }
        }
        catch (Exception away) when (DatabaseOutage.IsIn(away))
        {
            // As if it had not answered before.
        }

        return (false, null);
    }
}

/// <summary>Waits for the end of a commit whose answer was lost: while the server is still at it, loads that are not there may yet come.</summary>
internal sealed class CommitInquiry(IDbContextFactory<LakeCatalog> catalogs, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The id of the context's transaction, to ask for when its commit goes unanswered.</summary>
    internal static async Task<long> IdAsync(LakeCatalog catalog, CancellationToken cancellationToken) =>
        await catalog.Database.SqlQuery<long>($"select pg_current_xact_id()::text::bigint as \"Value\"").SingleAsync(cancellationToken);

    /// <summary>Whether the transaction has ended, one way or the other; false when the database does not say so in time.</summary>
    internal async Task<bool> IsOverAsync(long transactionId)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Limit)
        {
            try
            {
                await using var catalog = await catalogs.CreateDbContextAsync();
                if (!await IsUnderWayAsync(catalog, transactionId))
                {
                    return true;
                }
            }
            catch (Exception away) when (DatabaseOutage.IsIn(away))
            {
                // Asked again until the limit.
            }

            await Task.Delay(Pause, time);
        }

        return false;
    }

    private static async Task<bool> IsUnderWayAsync(LakeCatalog catalog, long transactionId)
    {
        try
        {
            var status = await catalog.Database.SqlQuery<string?>($"select pg_xact_status({transactionId}::text::xid8) as \"Value\"").SingleAsync();
            return status is "in progress";
        }
        catch (PostgresException future) when (future.SqlState is PostgresErrorCodes.InvalidParameterValue)
        {
            // After a crash the server may not remember that it ever gave this id away: the transaction left no trace.
            return false;
        }
    }
}

/// <summary>The connection broke while a commit was under way: it may have happened or not, and may still be happening.</summary>
internal sealed class CommitUnknownException(long transactionId, Exception cause) : Exception("The connection to the database broke during a commit.", cause)
{
    /// <summary>The transaction's id, by which the server can be asked.</summary>
    internal long TransactionId { get; } = transactionId;

    /// <summary>What broke the connection.</summary>
    internal Exception Cause { get; } = cause;
}

/// <summary>What the catalog's clock and ours have in common.</summary>
internal static class CatalogTime
{
    /// <summary>Now, to the microsecond, as Postgres keeps it: the answer to an upload and every later one are the same.</summary>
    internal static DateTimeOffset GetCatalogNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
