using System.Data;
using Dunnhumby.Catalog;
using Dunnhumby.Catalog.Care;
using Dunnhumby.Contracts.Loads;
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

/// <summary>A file that the catalog lists.</summary>
/// <param name="LoadId">The load that wrote it; null for a compacted file.</param>
/// <param name="Compacted">The loads of a compacted file; none otherwise.</param>
internal sealed record ListedFile(string Path, long? LoadId, long Rows, long Bytes, IReadOnlyList<FileLoad> Compacted)
{
    /// <summary>The table it belongs to: the first folder of its path.</summary>
    internal string Table => Path[..Path.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The loads whose rows it holds.</summary>
    internal IReadOnlyList<FileLoad> Loads => LoadId is { } own ? [new FileLoad(own, Rows)] : Compacted;
}

/// <summary>Rows of a load in a file.</summary>
internal sealed record FileLoad(long LoadId, long Rows);

/// <summary>A load that has files.</summary>
internal sealed record ListedLoad(long Id, string Dataset, string State, long? ReplaysLoadId, DateTimeOffset CompletedAt)
{
    internal bool Counts => string.Equals(State, LoadStates.Completed, StringComparison.Ordinal);
}
