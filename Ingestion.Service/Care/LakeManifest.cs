using System.Text;
using System.Text.Json;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>
/// Writes, for readers without the catalog, what the lake consists of: <c>_manifest/{table}.json</c> with the files and loads of a table, and
/// <c>_manifest/current.sql</c> with a view per table for DuckDB. Each is replaced in one step, so that a reader has one state, whole.
/// </summary>
internal sealed class LakeManifest(LakeLayout layout)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes what has changed.</summary>
    internal async Task WriteAsync(LakeSnapshot lake, CancellationToken cancellationToken)
    {
        var sql = new StringBuilder();
        foreach (var table in LakeTables.All)
        {
            var files = lake.Files.Where(file => string.Equals(file.Table, table.Name, StringComparison.Ordinal)).ToList();
            var loads = lake.Loads
                .Where(load => load.Counts && string.Equals(load.Dataset, table.Name, StringComparison.Ordinal))
                .Select(load => new LakeLoad(load.Id, [.. files.Where(file => file.Loads.Any(one => one.LoadId == load.Id)).Select(file => file.Path)]) { ReplaysLoadId = load.ReplaysLoadId })
                .ToList();
            sql.Append(LakeViews.CreateOrReplace(table, loads, layout)).Append(";\n\n");
            var manifest = new
            {
                Table = table.Name,
                table.UnitColumns,
                Files = files.Select(file => new { file.Path, file.Rows, file.Bytes, file.LoadId, Loads = file.Compacted.Select(load => load.LoadId) }),
                Loads = loads.Select(load => new { load.Id, load.Owner }),
            };
            await ReplaceAsync($"{table.Name}.json", JsonSerializer.Serialize(manifest, Json), cancellationToken);
        }

        await ReplaceAsync("current.sql", sql.ToString(), cancellationToken);
    }

    private async Task ReplaceAsync(string name, string content, CancellationToken cancellationToken)
    {
        var relative = $"{LakeLayout.Manifests}/{name}";
        var path = layout.FullPath(relative);
        if (File.Exists(path) && string.Equals(await File.ReadAllTextAsync(path, cancellationToken), content, StringComparison.Ordinal))
        {
            return;
        }

        var staged = Path.Combine(layout.Staging, $"{Guid.CreateVersion7():N}.manifest");
        await File.WriteAllTextAsync(staged, content, cancellationToken);
        PlacedFile.Place(layout, staged, relative);
    }
}
