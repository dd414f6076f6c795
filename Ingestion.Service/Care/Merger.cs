using DuckDB.NET.Data;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>Writes the rows of many files as one, and as a second one those that other rows of the first supersede; checks that every row arrived.</summary>
internal sealed class Merger(LakeLayout layout, IOptions<LakeCareOptions> options)
{
    /// <exception cref="MergeException">Other rows came out than went in.</exception>
    internal async Task<IReadOnlyList<MergedFile>> MergeAsync(MergeGroup group, CancellationToken cancellationToken)
    {
        var table = LakeTables.Find(group.Table) ?? throw new MergeException($"{group.Table} is no table of the lake.");
        var loads = group.Loads.Select(load => new LakeLoad(load.Id, FilesOf(group, load.Id)) { ReplaysLoadId = load.ReplaysLoadId }).ToList();
        if (loads.Count == 0)
        {
            return [];
        }

        var staged = Path.Combine(layout.Staging, $"{Guid.CreateVersion7():N}.parquet");
        var spill = Directory.CreateTempSubdirectory("dunnhumby-merge-");
        List<MergedFile> merged = [];
        try
        {
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(
                connection,
                $"""
                set threads = 1;
                set memory_limit = {SqlText.Literal(options.Value.MemoryLimit)};
                set temp_directory = {SqlText.Literal(spill.FullName)};
                set autoinstall_known_extensions = false;
                """,
                cancellationToken);

            // In the newest load's partition those that count; in the oldest one's those that do not, so that a reader by partition never prefers them.
            foreach (var (owned, partition) in ((bool, long)[])[(true, loads[^1].Id), (false, loads[0].Id)])
            {
                var rows = await WriteAsync(connection, table, LakeViews.Lines(table, loads, layout, owned), staged, cancellationToken);
                if (rows.Count > 0)
                {
                    var path = LakeLayout.CompactedFile(group.Table, partition, Guid.CreateVersion7());
                    merged.Add(new MergedFile(path, PlacedFile.Place(layout, staged, path), rows));
                }
            }

            Check(group, merged);
            return merged;
        }
        catch
        {
            Remove(merged);
            throw;
        }
        finally
        {
            File.Delete(staged);
            spill.Delete(recursive: true);
        }
    }

    /// <summary>Removes files that the catalog was not told of.</summary>
    internal void Remove(IEnumerable<MergedFile> files)
    {
        foreach (var file in files)
        {
            File.Delete(layout.FullPath(file.Path));
        }
    }

    private static List<string> FilesOf(MergeGroup group, long load) =>
        [.. group.Files.Where(file => file.Loads.Any(one => one.LoadId == load)).Select(file => file.Path)];

    /// <returns>How many rows of each load were written.</returns>
    private static async Task<List<FileLoad>> WriteAsync(DuckDBConnection connection, LakeTable table, string lines, string path, CancellationToken cancellationToken)
    {
        // Sorted by load: a reader that wants one load's rows reads few pages, and neighbours are alike.
        await ExecuteAsync(
            connection,
            $"copy (from ({lines}) order by {LakeLayout.LoadColumn}, {string.Join(", ", table.UnitColumns)}) "
            + $"to {SqlText.Literal(path)} (format parquet, compression zstd, row_group_size {RowBatch.MaxRows})",
            cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select {LakeLayout.LoadColumn}, count(*) from read_parquet({SqlText.Literal(path)}) group by 1 order by 1";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<FileLoad> rows = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new FileLoad(reader.GetInt64(0), reader.GetInt64(1)));
        }

        return rows;
    }

    private static void Check(MergeGroup group, IReadOnlyList<MergedFile> merged)
    {
        var kept = group.Loads.Select(load => load.Id).ToHashSet();
        var before = Sums(group.Files.SelectMany(file => file.Loads).Where(load => kept.Contains(load.LoadId)));
        if (!before.SequenceEqual(Sums(merged.SelectMany(file => file.Loads))))
        {
            throw new MergeException($"Merging {group.Files.Count} files of {group.Table} gave other rows per load than the catalog states: nothing was changed.");
        }
    }

    private static IEnumerable<(long Load, long Rows)> Sums(IEnumerable<FileLoad> loads) =>
        loads.GroupBy(load => load.LoadId).Select(load => (load.Key, load.Sum(one => one.Rows))).OrderBy(load => load.Key);

    private static async Task ExecuteAsync(DuckDBConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>A file that a merge wrote and put in place; the catalog does not list it yet.</summary>
internal sealed record MergedFile(string Path, long Bytes, IReadOnlyList<FileLoad> Loads);

/// <summary>A merge did not give the rows that went in, or the catalog changed under it: nothing was changed.</summary>
internal sealed class MergeException(string message) : Exception(message);
