using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Ingestion.Service.Loading.Batches;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using Polly;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>Writes loads into the catalog: the load, its file, its quarantine and its message in one transaction.</summary>
internal sealed class LoadRegister(IDbContextFactory<LakeCatalog> catalogs, OutboxSignal signal, TimeProvider time)
{
    private const string ContentIndex = "ux_loads_content";

    private readonly ResiliencePipeline _retry = CatalogRetry.Create(time);

    /// <summary>The id of the next load. Ids of uploads that do not become loads are not used again.</summary>
    internal async Task<long> NextIdAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.NextLoadIdAsync(cancellationToken);
    }

    /// <summary>The id of the next batch.</summary>
    internal async Task<long> NextBatchIdAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await catalog.NextBatchIdAsync(cancellationToken);
    }

    /// <summary>The completed load of this content; null when there is none.</summary>
    internal async Task<Load?> FindAsync(string dataset, string sha256, CancellationToken cancellationToken) => await _retry.ExecuteAsync(
        async cancelled =>
        {
            await using var catalog = await catalogs.CreateDbContextAsync(cancelled);
            return await FindAsync(catalog, dataset, sha256, cancelled);
        },
        cancellationToken);

    /// <summary>
    /// Commits loads in one transaction, those left out whose content another load has that was committed before.
    /// </summary>
    /// <param name="batch">The batch that they came with; null for a file alone.</param>
    /// <param name="known">By their ids, loads of the batch that were left out already, and the loads that have their content.</param>
    /// <returns>By the id of each load left out, the load that has its content.</returns>
    /// <exception cref="CommitUnknownException">The connection broke during the commit.</exception>
    internal async Task<IReadOnlyDictionary<long, Load>> AddAsync(
        IReadOnlyList<StagedLoad> loads, StagedBatch? batch, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken) =>
        await _retry.ExecuteAsync(async cancelled => await AddOnceAsync(loads, batch, known, cancelled), cancellationToken);

    private async Task<IReadOnlyDictionary<long, Load>> AddOnceAsync(
        IReadOnlyList<StagedLoad> loads, StagedBatch? batch, IReadOnlyDictionary<long, Load> known, CancellationToken cancellationToken)
    {
        var winners = new Dictionary<long, Load>(known);
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        if (batch is not null)
        {
            catalog.Batches.Add(batch.Entity(time.GetCatalogNow(), known));
            await catalog.SaveChangesAsync(cancellationToken);
        }

        foreach (var staged in loads)
        {
            var load = staged.Entity ?? throw new InvalidOperationException("Only a file that was read to its end is committed.");
            if (await AddOrFindAsync(catalog, load, cancellationToken) is { } winner)
            {
                winners.Add(load.Id, winner);
            }
            else
            {
                await CopyAsync((NpgsqlConnection)catalog.Database.GetDbConnection(), load.Id, staged.Quarantine, staged.KeptRows, cancellationToken);
            }
        }

        if (batch is not null)
        {
            catalog.AddRange(batch.FileEntities(winners));
            await catalog.SaveChangesAsync(cancellationToken);
        }

        if (batch is not null || winners.Count < loads.Count)
        {
            await CommitAsync(catalog, transaction, cancellationToken);
        }

        return winners;
    }

    /// <summary>
    /// Asked when the answer to a commit was lost: what <see cref="AddAsync"/> would have returned; null when nothing was committed.
    /// </summary>
    internal async Task<IReadOnlyDictionary<long, Load>?> WinnersIfCommittedAsync(IReadOnlyList<StagedLoad> loads, CancellationToken cancellationToken)
    {
        var ids = loads.Select(staged => staged.Id).ToList();
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var committed = await catalog.Loads.Where(load => ids.Contains(load.Id)).Select(load => load.Id).ToListAsync(cancellationToken);
        if (committed.Count == 0)
        {
            return null;
        }

        var winners = new Dictionary<long, Load>();
        foreach (var load in loads.Where(staged => !committed.Contains(staged.Id)).Select(staged => staged.Entity).OfType<LoadEntity>())
        {
            winners.Add(load.Id, await LastOfContentAsync(catalog, load, cancellationToken));
        }

        return winners;
    }

    /// <summary>Adds a load; null then. The load that has its content when another one was faster.</summary>
    private static async Task<Load?> AddOrFindAsync(LakeCatalog catalog, LoadEntity load, CancellationToken cancellationToken)
    {
        while (!await TryAddAsync(catalog, load, cancellationToken))
        {
            if (await FindAsync(catalog, load.Dataset, load.Sha256, cancellationToken) is { } winner)
            {
                return winner;
            }

            // The faster one has been withdrawn meanwhile: there is room again.
        }

        return null;
    }

    /// <summary>Writes a load with its file and its message. False when another load of the same content was committed before; then nothing is written.</summary>
    private static async Task<bool> TryAddAsync(LakeCatalog catalog, LoadEntity load, CancellationToken cancellationToken)
    {
        catalog.Loads.Add(load);
        if (string.Equals(load.State, LoadStates.Completed, StringComparison.Ordinal))
        {
            catalog.Outbox.Add(OutboxMessages.From(new LoadCompleted(load.Id, load.Dataset, load.Loaded, load.CompletedAt), load.CompletedAt));
        }

        try
        {
            // Within a transaction this sets a savepoint and goes back to it on failure: the loads before stay.
            await catalog.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException conflict) when (conflict.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: ContentIndex })
        {
            catalog.ChangeTracker.Clear();
            return false;
        }
    }

    /// <summary>What a load lost to, even if that has been withdrawn since.</summary>
    private static Task<Load> LastOfContentAsync(LakeCatalog catalog, LoadEntity load, CancellationToken cancellationToken) =>
        catalog.Loads.AsNoTracking()
            .Where(other => other.Dataset == load.Dataset && other.Sha256 == load.Sha256 && other.State != LoadStates.Failed && other.ReplaysLoadId == null)
            .OrderByDescending(other => other.State == LoadStates.Completed)
            .ThenByDescending(other => other.WithdrawnAt)
            .Select(LoadMapping.Expression)
            .FirstAsync(cancellationToken);

    private static Task<Load?> FindAsync(LakeCatalog catalog, string dataset, string sha256, CancellationToken cancellationToken) =>
        catalog.Loads.AsNoTracking()
            .Where(load => load.Dataset == dataset && load.Sha256 == sha256 && load.State == LoadStates.Completed && load.ReplaysLoadId == null)
            .Select(LoadMapping.Expression)
            .SingleOrDefaultAsync(cancellationToken);

    private async Task CommitAsync(LakeCatalog catalog, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        var transactionId = await CommitInquiry.IdAsync(catalog, cancellationToken);
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException lost) when (DatabaseOutage.IsIn(lost))
        {
            throw new CommitUnknownException(transactionId, lost);
        }

        signal.Raise();
    }

    private static async Task CopyAsync(NpgsqlConnection connection, long loadId, QuarantineSpool quarantine, long kept, CancellationToken cancellationToken)
    {
        if (quarantine.Count == 0)
        {
            return;
        }

        await using var import = await connection.BeginBinaryImportAsync(
            """copy catalog.quarantined_rows (load_id, line, byte_offset, "column", reason, message, raw_text, is_cut) from stdin (format binary)""",
            cancellationToken);
        foreach (var row in quarantine.Rows(kept))
        {
            await import.StartRowAsync(cancellationToken);
            await import.WriteAsync(loadId, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(row.ByteOffset, NpgsqlDbType.Bigint, cancellationToken);
            await import.WriteAsync(row.Column, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.Reason, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.Message, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.RawText, NpgsqlDbType.Text, cancellationToken);
            await import.WriteAsync(row.IsCut, NpgsqlDbType.Boolean, cancellationToken);
        }

        await import.CompleteAsync(cancellationToken);
    }
}
