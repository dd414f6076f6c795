using System.Text.Json;
using Dunnhumby.Catalog;
using Dunnhumby.Lake.Views;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Transform.Worker.Lines;

/// <summary>What the lines of a version are read from.</summary>
/// <param name="Version">The version.</param>
/// <param name="DayOne">Its date of DAY 1.</param>
/// <param name="Settings">What it was computed with.</param>
/// <param name="Loads">By id.</param>
internal sealed record LineSources(int Version, DateOnly DayOne, TransformSettings Settings, IReadOnlyList<LineLoad> Loads)
{
    private const string BeforeLines = "The load is from before line numbers were kept. Upload its file again to have them.";

    /// <summary>Loads of the version whose files are not there any more.</summary>
    internal IReadOnlyList<long> Gone { get; } = [.. Loads.Where(load => load is { Files.Count: 0, Loaded: > 0 }).Select(load => load.Id)];

    private readonly Dictionary<long, LineLoad> _byId = Loads.ToDictionary(load => load.Id);

    internal IReadOnlyList<LineLoad> Of(string dataset) =>
        [.. Loads.Where(load => string.Equals(load.Dataset, dataset, StringComparison.Ordinal) && load.Files.Count > 0)];

    /// <summary>The files of all loads, each once.</summary>
    internal IReadOnlyList<string> Files { get; } = [.. Loads.SelectMany(load => load.Files).Distinct(StringComparer.Ordinal)];

    /// <summary>The files of a data set, each once.</summary>
    internal IEnumerable<string> FilesOf(string dataset) => Of(dataset).SelectMany(load => load.Files).Distinct(StringComparer.Ordinal);

    /// <summary>Where a line is, in words and numbers.</summary>
    internal (long? MendsLoadId, string? File, string? Untraced) Origin(long loadId, long? line) =>
        (_byId[loadId].ReplaysLoadId, _byId[loadId].FileName, line is null ? BeforeLines : null);
}

/// <summary>A load of a version and its Parquet files.</summary>
/// <param name="FileName">The name of the file that has its lines; null where it is not known.</param>
internal sealed record LineLoad(long Id, string Dataset, long Loaded, IReadOnlyList<string> Files, string? FileName) : LakeLoad(Id, Files);

/// <summary>Finds what the lines of a version are read from, whatever became of its loads since.</summary>
internal sealed class LineSourcesReader(IDbContextFactory<LakeCatalog> catalogs)
{
    /// <summary>Null when there is no such version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="figure">A table: if it is stale, the loads are those that it was made of.</param>
    /// <param name="datasets">Only loads of these data sets.</param>
    internal async Task<LineSources?> FindAsync(int version, string? figure, IReadOnlyList<string> datasets, CancellationToken cancellationToken)
    {
        await using var catalog = await catalogs.CreateDbContextAsync(cancellationToken);
        var found = await catalog.Versions.AsNoTracking()
            .Where(one => one.Version == version)
            .Select(one => new
            {
                one.DayOne,
                one.Settings,
                Loads = one.Loads.Select(load => load.LoadId).ToList(),
                Figure = one.Tables.Where(table => table.Name == figure).Select(table => new { table.MissingLoads, table.WithdrawnLoads }).FirstOrDefault(),
            })
            .AsSplitQuery()
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var ids = found.Loads.Except(found.Figure?.MissingLoads ?? []).Union(found.Figure?.WithdrawnLoads ?? []).ToList();
        var loads = await catalog.Loads.AsNoTracking().AsSingleQuery()
            .Where(load => ids.Contains(load.Id) && datasets.Contains(load.Dataset))
            .OrderBy(load => load.Id)
            .Select(load => new
            {
                load.Id,
                load.Dataset,
                load.Loaded,
                load.ReplaysLoadId,
                FileName = load.ReplaysLoadId == null ? load.FileName : catalog.Loads.Where(mended => mended.Id == load.ReplaysLoadId).Select(mended => mended.FileName).FirstOrDefault(),
                Own = load.Files.OrderBy(file => file.Path).Select(file => file.Path).ToList(),
                Compacted = load.CompactedFiles.OrderBy(file => file.Path).Select(file => file.Path).ToList(),
            })
            .ToListAsync(cancellationToken);
        var settings = JsonSerializer.Deserialize<TransformSettings>(found.Settings, JsonSerializerOptions.Web)
            ?? throw new InvalidOperationException($"Version {version} has no settings.");
        return new LineSources(
            version,
            found.DayOne,
            settings,
            [.. loads.Select(load => new LineLoad(load.Id, load.Dataset, load.Loaded, [.. load.Own, .. load.Compacted], load.FileName) { ReplaysLoadId = load.ReplaysLoadId })]);
    }
}
