using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Inputs;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>
/// The eight tables as they stand: the rows of all loads, each unit as its newest owner has it. A replay's rows belong to the load that they were set aside
/// from: they stand beside its other rows of a basket, replace its row of a key, and go with them when a newer load brings the unit.
/// </summary>
internal static class LakeViews
{
    private const string Rank = "load_rank";
    private const int OwnerShift = 32;

    /// <summary>
    /// The statements that make the view of a table, and the view <c>{table}_lines</c> of all rows of all loads with their load and its rank. Without any
    /// file, views without rows.
    /// </summary>
    internal static string Create(LakeTable table, IReadOnlyList<InputLoad> loads, LakeLayout layout) =>
        $"""
        create view {table.Name} as {Select(table, loads, layout)};
        create view {table.Name}_lines as {SelectLines(table, loads, layout)};
        """;

    /// <summary>All rows of the loads' files with their load, whatever load owns their unit now.</summary>
    internal static string Lines(IReadOnlyList<InputLoad> loads, LakeLayout layout) =>
        $"read_parquet({SqlText.List(loads.SelectMany(load => load.Files).Select(layout.FullPath))}, "
        + $"hive_partitioning = true, hive_types = {{'{LakeLayout.PartitionColumn}': bigint}})";

    /// <summary>
    /// What orders the loads that hold a unit, the highest being its owner: the load's id, but of a replay the id of the load that it mends. In tables with a
    /// key the newer of the rows of one owner counts: a person chose it after the first was loaded.
    /// </summary>
    internal static string RankOf(LakeTable table, IReadOnlyList<InputLoad> loads)
    {
        var replays = loads.Where(load => load.ReplaysLoadId is not null).ToList();
        if (replays.Count == 0)
        {
            return LakeLayout.PartitionColumn;
        }

        var ranks = replays.Select(load => $"when {load.Id} then {(load.Owner << OwnerShift) + (table.Unit == ReplacementUnit.Key ? load.Id - load.Owner : 0)}");
        return $"case {LakeLayout.PartitionColumn} {string.Join(' ', ranks)} else {LakeLayout.PartitionColumn} << {OwnerShift} end";
    }

    private static string SelectLines(LakeTable table, IReadOnlyList<InputLoad> loads, LakeLayout layout) => loads.Count == 0
        ? $"select {NoColumns(table)}, null::bigint as {LakeLayout.PartitionColumn}, null::bigint as {Rank} where false"
        : $"select *, ({RankOf(table, loads)})::bigint as {Rank} from {Lines(loads, layout)}";

    private static string NoColumns(LakeTable table) => string.Join(", ", table.Columns.Select(column => $"null::{TypeOf(column)} as {column.Name}"));

    private static string Select(LakeTable table, IReadOnlyList<InputLoad> loads, LakeLayout layout)
    {
        var columns = string.Join(", ", table.Columns.Select(column => column.Name));
        if (loads.Count == 0)
        {
            return $"select {NoColumns(table)} where false";
        }

        var rows = Lines(loads, layout);
        if (loads.Count == 1 || (table.Unit == ReplacementUnit.Group && loads.Select(load => load.Owner).Distinct().Count() == 1))
        {
            // One owner holds every unit whole: nothing to choose.
            return $"select {columns} from {rows}";
        }

        if (table.Unit == ReplacementUnit.Row)
        {
            return $"select distinct {columns} from {rows}";
        }

        var unit = string.Join(", ", table.UnitColumns);
        return $"""
            with lines as (select *, {RankOf(table, loads)} as {Rank} from {rows}),
            owners as (select {unit}, max({Rank}) as {Rank} from lines group by {unit})
            select {columns} from lines semi join owners using ({unit}, {Rank})
            """;
    }

    private static string TypeOf(LakeColumn column) => column.Kind switch
    {
        ColumnKind.Int32 => "integer",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Money => "decimal(9, 2)",
        _ => "varchar",
    };
}
