using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Lake.Views;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Transform.Worker.Inputs;

/// <summary>Everything that a run reads: the loads that were completed when it started, by id.</summary>
internal sealed record LakeInputs(IReadOnlyList<InputLoad> Loads)
{
    internal IReadOnlyList<InputLoad> Of(string dataset) =>
        [.. Loads.Where(load => string.Equals(load.Dataset, dataset, StringComparison.Ordinal) && load.Files.Count > 0)];
}

/// <summary>A completed load and its Parquet files.</summary>
/// <param name="Files">Paths relative to the lake's root.</param>
internal sealed record InputLoad(long Id, string Dataset, string Sha256, long Loaded, DateTimeOffset CompletedAt, IReadOnlyList<string> Files) : LakeLoad(Id, Files);

/// <summary>Reads the completed loads with their files, in one statement and hence in one snapshot.</summary>
internal sealed class LakeInputsReader(IDbContextFactory<LakeCatalog> catalogs)
{
    internal async Task<LakeInputs> ReadAsync(CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var loads = await catalog.Loads
            .AsNoTracking()
            .AsSingleQuery()
            .Where(load => load.State == LoadStates.Completed)
            .OrderBy(load => load.Id)
            .Select(load => new
            {
                load.Id,
                load.Dataset,
                load.Sha256,
                load.Loaded,
                load.CompletedAt,
                load.ReplaysLoadId,
                Own = load.Files.OrderBy(file => file.Path).Select(file => file.Path).ToList(),
                Compacted = load.CompactedFiles.OrderBy(file => file.Path).Select(file => file.Path).ToList(),
            })
            .ToListAsync(cancellationToken);
        return new LakeInputs([.. loads.Select(load =>
            new InputLoad(load.Id, load.Dataset, load.Sha256, load.Loaded, load.CompletedAt, [.. load.Own, .. load.Compacted]) { ReplaysLoadId = load.ReplaysLoadId })]);
    }
}
