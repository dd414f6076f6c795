using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The contract of the eight files, and what the lake holds of each.</summary>
internal static class DatasetEndpoints
{
    internal static void MapDatasets(this IEndpointRouteBuilder routes) => routes.MapGet("/datasets", ListAsync).WithTags("Datasets").WithName("ListDatasets").RequireScope(Scopes.Ingest);

    /// <summary>The eight data sets: their columns and rules, and what was loaded of them.</summary>
    internal static async Task<Ok<IReadOnlyList<Dataset>>> ListAsync(LakeCatalog catalog, CancellationToken cancellationToken)
    {
        var loaded = await catalog.Loads.AsNoTracking()
            .Where(load => load.State == LoadStates.Completed)
            .GroupBy(load => load.Dataset)
            .Select(loads => new { Dataset = loads.Key, Count = loads.Count(), Rows = loads.Sum(load => load.Loaded), Last = loads.Max(load => load.CompletedAt) })
            .ToDictionaryAsync(loads => loads.Dataset, StringComparer.Ordinal, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<Dataset>>([.. LakeTables.All.Select(table =>
        {
            var held = loaded.GetValueOrDefault(table.Name);
            return new Dataset(table.Name, table.Name + ".csv", string.Join(", ", table.UnitColumns), ColumnRules.Describe(table), held?.Count ?? 0, held?.Rows ?? 0, held?.Last);
        })]);
    }
}
