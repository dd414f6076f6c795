namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>
/// Which files to merge: neighbouring small blocks when they have enough files. Neighbours only: a reader by partition takes the rows of a merged file for
/// those of its newest load, which is right as long as no load in between stays outside. A file that holds rows of a withdrawn load is rewritten
/// without them.
/// </summary>
internal static class MergePlan
{
    internal static IReadOnlyList<MergeGroup> Of(LakeSnapshot lake, LakeCareOptions options)
    {
        var loads = lake.Loads.ToDictionary(load => load.Id);
        return [.. lake.Files
            .GroupBy(file => file.Table, StringComparer.Ordinal)
            .SelectMany(table => OfTable(table.Key, LoadBlock.Of(table, loads), lake.At, options))];
    }

    private static List<MergeGroup> OfTable(string table, IEnumerable<LoadBlock> blocks, DateTimeOffset now, LakeCareOptions options)
    {
        List<MergeGroup> groups = [];
        List<LoadBlock> run = [];
        foreach (var block in blocks)
        {
            var joins = !block.IsDirty && options.IsSmall(block.Bytes, block.Rows) && block.Loads.All(load => now - load.CompletedAt >= options.MinAge);
            if (!joins || run.Sum(one => one.Bytes) + block.Bytes > options.TargetBytes || run.Sum(one => one.Rows) + block.Rows > options.TargetRows)
            {
                Close();
            }

            if (joins)
            {
                run.Add(block);
            }
            else if (block.IsDirty)
            {
                groups.Add(GroupOf(block));
            }
        }

        Close();
        return groups;

        void Close()
        {
            if (run.Sum(block => block.Files.Count) >= options.MinFiles)
            {
                groups.Add(GroupOf([.. run]));
            }

            run.Clear();
        }

        MergeGroup GroupOf(params LoadBlock[] members) =>
            new(table, [.. members.SelectMany(block => block.Files)], [.. members.SelectMany(block => block.Loads).OrderBy(load => load.Id)]);
    }
}

/// <summary>Files that become one.</summary>
/// <param name="Files">All files that hold rows of <paramref name="Loads"/>.</param>
/// <param name="Loads">The completed loads whose rows stay, by id; none when nothing of the files counts any more.</param>
internal sealed record MergeGroup(string Table, IReadOnlyList<ListedFile> Files, IReadOnlyList<ListedLoad> Loads);

/// <summary>Loads with the files that they share with nobody else: merged as a whole or not at all.</summary>
internal sealed class LoadBlock
{
    internal List<ListedFile> Files { get; } = [];

    internal HashSet<ListedLoad> All { get; } = [];

    /// <summary>Those whose rows count.</summary>
    internal IEnumerable<ListedLoad> Loads => All.Where(load => load.Counts).OrderBy(load => load.Id);

    internal long Bytes => Files.Sum(file => file.Bytes);

    internal long Rows => Files.Sum(file => file.Rows);

    /// <summary>Whether rows lie in its files that do not count any more.</summary>
    internal bool IsDirty => All.Any(load => !load.Counts);

    /// <summary>The blocks of a table's files, by their first load.</summary>
    internal static IEnumerable<LoadBlock> Of(IEnumerable<ListedFile> files, IReadOnlyDictionary<long, ListedLoad> loads)
    {
        var blocks = new Dictionary<long, LoadBlock>();
        foreach (var file in files)
        {
            var touched = file.Loads.Select(load => blocks.GetValueOrDefault(load.LoadId)).OfType<LoadBlock>().Distinct().ToList();
            var block = touched.Count > 0 ? touched[0] : new LoadBlock();
            foreach (var other in touched.Skip(1))
            {
                block.Files.AddRange(other.Files);
                block.All.UnionWith(other.All);
            }

            block.Files.Add(file);
            block.All.UnionWith(file.Loads.Select(load => loads[load.LoadId]));
            foreach (var load in block.All)
            {
                blocks[load.Id] = block;
            }
        }

        return blocks.Values.Distinct().OrderBy(block => block.All.Min(load => load.Id));
    }
}
