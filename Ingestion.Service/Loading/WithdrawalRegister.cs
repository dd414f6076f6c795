using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Messages;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messages;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// Marks loads as withdrawn in the catalog, with the message that says so in the same transaction. Files stay where they are: a run may be reading them, and
/// what no version needs any more is the sweep's part.
/// </summary>
internal sealed partial class WithdrawalRegister(CatalogCommits commits, TimeProvider time, ILogger<WithdrawalRegister> logger)
{
    /// <returns>The load as it is now, withdrawn unless it was not completed; null when there is none of this id.</returns>
    internal async Task<Load?> WithdrawAsync(long id, string by, CancellationToken cancellationToken)
    {
        var withdrawal = await commits.CommitAsync((catalog, cancelled) => WriteAsync(catalog, id, by, cancelled), catalog => FindAsync(catalog, id), cancellationToken);
        if (withdrawal is { Load: { } load, Rows: { } rows })
        {
            Log.Withdrawn(logger, id, load.Dataset, rows, withdrawal.Replays, by);
        }

        return withdrawal.Load;
    }

    private async Task<(Withdrawal Written, bool Commits)> WriteAsync(LakeCatalog catalog, long id, string by, CancellationToken cancellationToken)
    {
        // Locked, so that a replay that is being committed comes before and goes as well, or comes after and is refused.
        var load = await catalog.Loads.FromSql($"select * from catalog.loads where id = {id} for update").SingleOrDefaultAsync(cancellationToken);
        if (load is null || !string.Equals(load.State, LoadStates.Completed, StringComparison.Ordinal))
        {
            return (new Withdrawal(load?.ToContract(), Rows: null, Replays: 0), false);
        }

        var withdrawn = await catalog.Loads.Where(replay => replay.ReplaysLoadId == id && replay.State == LoadStates.Completed).OrderBy(replay => replay.Id).ToListAsync(cancellationToken);
        var now = time.GetCatalogNow();
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
        return (new Withdrawal(load.ToContract(), rows, withdrawn.Count), true);
    }

    /// <summary>Null when it is not withdrawn.</summary>
    private static async Task<Withdrawal?> FindAsync(LakeCatalog catalog, long id) =>
        await catalog.Loads.AsNoTracking().Where(load => load.Id == id && load.State == LoadStates.Withdrawn).Select(LoadMapping.Expression).SingleOrDefaultAsync() is { } load
            ? new Withdrawal(load, Rows: null, Replays: 0)
            : null;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Load {LoadId} of {Dataset} was withdrawn by {By}: {Rows} rows, with {Replays} replays")]
        public static partial void Withdrawn(ILogger logger, long loadId, string dataset, long rows, int replays, string by);
    }
    /// <summary>What came of it.</summary>
    /// <param name="Rows">Rows of the load and its replays; null when they were not withdrawn just now.</param>
    private sealed record Withdrawal(Load? Load, long? Rows, int Replays);
}
