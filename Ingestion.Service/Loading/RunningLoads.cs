using Dunnhumby.Contracts.Loads;
using Dunnhumby.Lake.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>The uploads that any replica is reading: this process's own as they are now, the others' as they last said.</summary>
internal sealed class RunningLoads(RunningUploads uploads, IDbContextFactory<LakeCatalog> catalogs, TimeProvider time)
{
    /// <summary>What a replica has not refreshed for this long died with it.</summary>
    internal static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(15);

    /// <summary>Null when no replica is reading an upload of this id.</summary>
    internal async Task<RunningLoad?> FindAsync(long id, CancellationToken cancellationToken)
    {
        if (uploads.Find(id) is { } here)
        {
            return here.Snapshot();
        }

        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        return await Elsewhere(catalog).Where(load => load.Id == id).SingleOrDefaultAsync(cancellationToken) is { } row ? Shown(row) : null;
    }

    /// <summary>The newest first.</summary>
    internal async Task<IReadOnlyList<RunningLoad>> ListAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var elsewhere = await Elsewhere(catalog).ToListAsync(cancellationToken);
        return [.. uploads.All.Select(upload => upload.Snapshot()).Concat(elsewhere.Select(Shown)).OrderByDescending(load => load.Id)];
    }

    private IQueryable<RunningLoadEntity> Elsewhere(LakeCatalog catalog)
    {
        var since = time.GetUtcNow() - Forgotten;
        return catalog.RunningLoads.AsNoTracking().Where(load => load.Owner != uploads.Owner && load.SeenAt > since);
    }

    private static RunningLoad Shown(RunningLoadEntity row) => RunningFigures.Of(
        row.Id, row.Dataset, row.FileName, row.BatchId, row.ReceivedAt, new RunningCounts(row.Bytes, row.TotalBytes, row.Read, row.Quarantined), row.SeenAt);
}
