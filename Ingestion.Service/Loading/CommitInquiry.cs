using Dunnhumby.Lake.Catalog;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Dunnhumby.Ingestion.Service.Loading;

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
}

/// <summary>
/// Rides out a short outage of the database, such as a restart, when a whole file has been read already: about five seconds, then the upload fails. Work whose
/// outcome is not known is not repeated.
/// </summary>
internal static class CatalogRetry
{
    private const int Retries = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    internal static ResiliencePipeline Create(TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }
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
}

internal static class CatalogTime
{
    /// <summary>Now, to the microsecond, as Postgres keeps it: the answer to an upload and every later one are the same.</summary>
    internal static DateTimeOffset GetCatalogNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
