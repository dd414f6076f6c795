namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>
/// Which files to merge: neighbouring small blocks when they have enough files. Neighbours only: a reader by partition takes the rows of a merged file for
/// those of its newest load, which is right as long as no load in between stays outside. A file that holds rows of a withdrawn load is written anew
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
