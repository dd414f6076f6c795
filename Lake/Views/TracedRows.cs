using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Lake.Views;

/// <summary>
/// Rows with where they come from: their load (<see cref="LakeLayout.PartitionColumn"/>) and their line in its file (<see cref="LakeLayout.LineColumn"/>, null in files from
/// before it was kept). A replay's rows have the lines of the load that it mends.
/// </summary>
public static class TracedRows
{
    /// <summary>
    /// The rows that count and fulfil a condition: a query. A row that several loads have in a table whose unit is the row comes from the first of them.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="loads">All loads of the table that count.</param>
    /// <param name="rows">All rows of these loads with load and line, whatever counts: something to select from.</param>
    /// <param name="units">The units of these rows with the load, perhaps each once: something to select from.</param>
    /// <param name="condition">About the table's columns.</param>
    public static string Matching(LakeTable table, IReadOnlyList<LakeLoad> loads, string rows, string units, string condition)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(loads);
        if (loads.Count == 0)
        {
            return Nothing(table);
        }

        if (table.Unit is ReplacementUnit.Row)
        {
            var columns = LakeViews.Columns(table);
            return $$"""
                select {{columns}}, origin.load as {{LakeLayout.PartitionColumn}}, origin.line as {{LakeLayout.LineColumn}}
                from (
                    select {{columns}}, min({load: {{LakeLayout.PartitionColumn}}, line: {{LakeLayout.LineColumn}}}) as origin
                    from {{rows}}
                    where {{condition}}
                    group by {{columns}})
                """;
        }

        return LakeViews.OwnedOf(table, loads, $"(from {rows} where {condition})", units, Traced(table));
    }

    /// <summary>All rows that count, of a table whose unit is not the row: a query.</summary>
    /// <param name="table">The table.</param>
    /// <param name="loads">All loads of the table that count.</param>
    /// <param name="rows">All rows of these loads with load and line, whatever counts: something to select from.</param>
    /// <param name="units">The units of these rows with the load, perhaps each once: something to select from.</param>
    public static string Counting(LakeTable table, IReadOnlyList<LakeLoad> loads, string rows, string units)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(loads);
        return loads.Count == 0
            ? Nothing(table)
            : LakeViews.Owned(table, loads, rows, units, Traced(table));
    }

    /// <summary>All rows of the loads' files, whatever load owns their unit now: something to select from.</summary>
    internal static string All(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout)
    {
        var compacted = loads.SelectMany(load => load.Files).Where(LakeLayout.IsCompacted).Distinct(StringComparer.Ordinal).ToList();
        var own = loads.SelectMany(load => load.Files).Where(file => !LakeLayout.IsCompacted(file)).ToList();
        List<string> sources = [];
        if (own.Count > 0)
        {
            sources.Add(OfFiles(table, own, layout));
        }

        if (compacted.Count > 0)
        {
            // A compacted file may hold rows of loads that were withdrawn since.
            var ids = string.Join(", ", loads.Where(load => load.Files.Any(LakeLayout.IsCompacted)).Select(load => load.Id));
            sources.Add($"from ({OfFiles(table, compacted, layout)}) where {LakeLayout.PartitionColumn} in ({ids})");
        }

        return $"({string.Join(" union all ", sources)})";
    }

    /// <summary>All rows of a file, of a compacted one those of withdrawn loads too: a query.</summary>
    public static string OfFile(LakeTable table, string file, LakeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(layout);
        return OfFiles(table, [file], layout);
    }

    private static string Nothing(LakeTable table) =>
        $"select {LakeViews.NoColumns(table)}, null::bigint as {LakeLayout.PartitionColumn}, null::bigint as {LakeLayout.LineColumn} where false";

    private static string Traced(LakeTable table) => $"{LakeViews.Columns(table)}, {LakeLayout.PartitionColumn}, {LakeLayout.LineColumn}";

    /// <summary>All rows of files that are all compacted, or all not: a query.</summary>
    private static string OfFiles(LakeTable table, List<string> files, LakeLayout layout)
    {
        var (options, load) = LakeLayout.IsCompacted(files[0])
            ? ("hive_partitioning = false", LakeLayout.LoadColumn)
            : ($"hive_partitioning = true, hive_types = {{'{LakeLayout.PartitionColumn}': bigint}}", LakeLayout.PartitionColumn);

        // Files from before lines were kept are without the column, perhaps all of them: the part without rows brings it then.
        return $"""
            select {LakeViews.Columns(table)}, {load} as {LakeLayout.PartitionColumn}, {LakeLayout.LineColumn}
            from (
                from read_parquet({SqlText.List(files.Select(layout.FullPath))}, union_by_name = true, {options})
                union all by name
                select null::bigint as {LakeLayout.LineColumn} where false)
            """;
    }
}
