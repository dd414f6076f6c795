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
    /// <param name="layout">Where the files are.</param>
    /// <param name="condition">About the table's columns.</param>
    public static string Matching(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout, string condition)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(loads);
        var columns = LakeViews.Columns(table);
        if (loads.Count == 0)
        {
            return $"select {LakeViews.NoColumns(table)}, null::bigint as {LakeLayout.PartitionColumn}, null::bigint as {LakeLayout.LineColumn} where false";
        }

        var rows = All(table, loads, layout);
        if (table.Unit is ReplacementUnit.Row)
        {
            return $$"""
                select {{columns}}, origin.load as {{LakeLayout.PartitionColumn}}, origin.line as {{LakeLayout.LineColumn}}
                from (
                    select {{columns}}, min({load: {{LakeLayout.PartitionColumn}}, line: {{LakeLayout.LineColumn}}}) as origin
                    from {{rows}}
                    where {{condition}}
                    group by {{columns}})
                """;
        }

        // A newer load may have the unit without any row that fulfils the condition: whole units are judged.
        var unit = LakeViews.Unit(table);
        var units = $"(select distinct {unit} from {LakeViews.Lines(table, loads, layout)} where {condition})";
        var owned = LakeViews.Owned(
            table, loads, $"(from {rows} semi join {units} using ({unit}))", $"{columns}, {LakeLayout.PartitionColumn}, {LakeLayout.LineColumn}");
        return $"select * from ({owned}) where {condition}";
    }

    /// <summary>All rows of the loads' files, whatever load owns their unit now: something to select from.</summary>
    internal static string All(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout)
    {
        var compacted = loads.SelectMany(load => load.Files).Where(LakeLayout.IsCompacted).Distinct(StringComparer.Ordinal).ToList();
        var own = loads.SelectMany(load => load.Files).Where(file => !LakeLayout.IsCompacted(file)).ToList();
        List<string> sources = [];
        if (own.Count > 0)
        {
            sources.Add(Select(own, $"hive_partitioning = true, hive_types = {{'{LakeLayout.PartitionColumn}': bigint}}", LakeLayout.PartitionColumn));
        }

        if (compacted.Count > 0)
        {
            // A compacted file may hold rows of loads that were withdrawn since.
            var ids = string.Join(", ", loads.Where(load => load.Files.Any(LakeLayout.IsCompacted)).Select(load => load.Id));
            sources.Add($"{Select(compacted, "hive_partitioning = false", LakeLayout.LoadColumn)} where {LakeLayout.LoadColumn} in ({ids})");
        }

        return $"({string.Join(" union all ", sources)})";

        // Files from before lines were kept are without the column, perhaps all of them: the part without rows brings it then.
        string Select(List<string> files, string options, string load) =>
            $"""
            select {LakeViews.Columns(table)}, {load} as {LakeLayout.PartitionColumn}, {LakeLayout.LineColumn}
            from (
                from read_parquet({SqlText.List(files.Select(layout.FullPath))}, union_by_name = true, {options})
                union all by name
                select null::bigint as {LakeLayout.LineColumn} where false)
            """;
    }
}
