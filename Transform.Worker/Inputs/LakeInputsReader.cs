using Dunnhumby.Contracts.Loads;
using Dunnhumby.Lake.Catalog;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Transform.Worker.Inputs;

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
            .Select(load => new InputLoad(
                load.Id,
                load.Dataset,
                load.Sha256,
                load.Loaded,
                load.CompletedAt,
                load.Files.OrderBy(file => file.Path).Select(file => file.Path).ToList())
            { ReplaysLoadId = load.ReplaysLoadId })
            .ToListAsync(cancellationToken);
        return new LakeInputs(loads);
    }
}
