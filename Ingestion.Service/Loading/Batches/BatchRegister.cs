using System.Text.Json;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>Reads batches: those that ended from the catalog, one that runs from its running files.</summary>
internal sealed class BatchRegister(IDbContextFactory<LakeCatalog> catalogs, RunningLoads running)
{
    /// <summary>Null when there is none of this id: never was, still being received, or refused whole.</summary>
    internal async Task<Batch?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var batch = await catalog.Batches.AsNoTracking().Include(found => found.Files).SingleOrDefaultAsync(found => found.Id == id, cancellationToken);
        if (batch is null)
        {
            return await FindRunningAsync(id, cancellationToken);
        }

        var ids = batch.Files.Select(file => file.LoadId).OfType<long>().ToList();
        var loads = await catalog.Loads.AsNoTracking().Where(load => ids.Contains(load.Id)).Select(LoadMapping.Expression).ToDictionaryAsync(load => load.Id, cancellationToken);
        return new Batch(
            batch.Id,
            batch.State,
            batch.ReceivedAt,
            batch.CompletedAt,
            [.. batch.Files.OrderBy(file => file.Position).Select(file => new BatchFile(
                file.Path,
                file.Dataset,
                file.Outcome,
                file.LoadId is { } loadId ? loads.GetValueOrDefault(loadId) : null,
                file.Problem is null ? null : JsonElement.Parse(file.Problem)))])
        { SentBy = batch.SentBy };
    }

    private async Task<Batch?> FindRunningAsync(long id, CancellationToken cancellationToken)
    {
        var loads = (await running.ListAsync(cancellationToken)).Where(load => load.BatchId == id).OrderBy(load => load.Id).ToList();
        return loads.Count == 0
            ? null
            : new Batch(id, BatchStates.Running, loads[0].ReceivedAt, CompletedAt: null, [.. loads.Select(load => new BatchFile(load.FileName ?? load.Dataset, load.Dataset, Outcome: null, Load: null, Problem: null))]);
    }
}
