using System.Data;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// Marks loads as withdrawn in the catalog, with the message that says so in the same transaction. Files stay where they are: a run may be reading them, and
/// what no version needs any more is the sweep's part.
/// </summary>
internal sealed partial class WithdrawalRegister(
    IDbContextFactory<LakeCatalog> catalogs,
    OutboxSignal signal,
    TimeProvider time,
    ILogger<WithdrawalRegister> logger)
{
    /// <returns>The load as it is now, withdrawn unless it was not completed; null when there is none of this id.</returns>
    internal async Task<Load?> WithdrawAsync(long id, string by, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await using var transaction = await catalog.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        // Locked, so that a replay that is being committed comes before and goes as well, or comes after and is refused.
        var load = await catalog.Loads.FromSql($"select * from catalog.loads where id = {id} for update").SingleOrDefaultAsync(cancellationToken);
        if (load is null || !string.Equals(load.State, LoadStates.Completed, StringComparison.Ordinal))
        {
            return load?.ToContract();
        }

        var withdrawn = await catalog.Loads.Where(replay => replay.ReplaysLoadId == id && replay.State == LoadStates.Completed).OrderBy(replay => replay.Id).ToListAsync(cancellationToken);
        var now = Microseconds(time.GetUtcNow());
        foreach (var gone in withdrawn.Prepend(load))
        {
            gone.State = LoadStates.Withdrawn;
            gone.WithdrawnAt = now;
            gone.WithdrawnBy = by;
        }

        var rows = load.Loaded + withdrawn.Sum(replay => replay.Loaded);
        catalog.Outbox.Add(OutboxMessages.From(new LoadWithdrawn(id, load.Dataset, [.. withdrawn.Select(replay => replay.Id)], rows, now), now));
        await catalog.SaveChangesAsync(cancellationToken);
        await catalog.MendedRows
            .Where(row => (row.ReplayLoadId == id || row.LoadId == id) && row.WithdrawnAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(mended => mended.WithdrawnAt, now), cancellationToken);

        // Not cancelled from here on: a commit that is cancelled half-way is a commit of unknown outcome.
        await transaction.CommitAsync(CancellationToken.None);
        signal.Raise();
        Log.Withdrawn(logger, id, load.Dataset, rows, withdrawn.Count, by);
        return load.ToContract();
    }

    /// <summary>As Postgres keeps it: this answer and every later one are the same.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset now) => now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Load {LoadId} of {Dataset} was withdrawn by {Key}: {Rows} rows, with {Replays} replays")]
        public static partial void Withdrawn(ILogger logger, long loadId, string dataset, long rows, int replays, string key);
    }
}
