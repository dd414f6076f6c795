using System.Data;
using Dunnhumby.Lake.Care;
using Dunnhumby.Lake.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>What the catalog says of the lake's files at one moment.</summary>
/// <param name="Loads">All loads that have files, whatever their state, by id.</param>
internal sealed record LakeSnapshot(IReadOnlyList<ListedFile> Files, IReadOnlyList<ListedLoad> Loads, IReadOnlyList<RetiredFileEntity> Retired, DateTimeOffset At)
{
    internal static async Task<LakeSnapshot> ReadAsync(LakeCatalog catalog, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var transaction = await catalog.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var files = await catalog.Files.AsNoTracking()
            .OrderBy(file => file.Path)
            .Select(file => new ListedFile(file.Path, file.LoadId, file.Rows, file.Bytes, file.Loads.Select(load => new FileLoad(load.LoadId, load.Rows)).ToList()))
            .ToListAsync(cancellationToken);
        var loads = await catalog.Loads.AsNoTracking()
            .Where(load => load.Files.Count > 0 || load.CompactedFiles.Count > 0)
            .OrderBy(load => load.Id)
            .Select(load => new ListedLoad(load.Id, load.Dataset, load.State, load.ReplaysLoadId, load.CompletedAt))
            .ToListAsync(cancellationToken);
        var retired = await catalog.RetiredFiles.AsNoTracking().OrderBy(file => file.Path).ToListAsync(cancellationToken);
        return new LakeSnapshot(files, loads, retired, time.GetUtcNow());
    }
}
