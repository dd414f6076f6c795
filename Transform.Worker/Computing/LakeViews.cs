using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Transform.Worker.Inputs;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>The eight tables as they stand: the rows of all loads, each unit as its newest load has it.</summary>
internal static class LakeViews
{
    /// <summary>The statement that makes the view of a table; without any file, a view without rows.</summary>
    internal static string Create(LakeTable table, IReadOnlyList<InputLoad> loads, LakeLayout layout) =>
        $"create view {table.Name} as {Select(table, loads, layout)}";

    private static string Select(LakeTable table, IReadOnlyList<InputLoad> loads, LakeLayout layout)
    {
        var columns = string.Join(", ", table.Columns.Select(column => column.Name));
        if (loads.Count == 0)
        {
            return $"select {string.Join(", ", table.Columns.Select(column => $"null::{TypeOf(column)} as {column.Name}"))} where false";
        }

        var rows = $"read_parquet({SqlText.List(loads.SelectMany(load => load.Files).Select(layout.FullPath))}, "
            + $"hive_partitioning = true, hive_types = {{'{LakeLayout.PartitionColumn}': bigint}})";
        if (loads.Count == 1)
        {
            // One load holds every unit whole: nothing to choose.
            return $"select {columns} from {rows}";
        }

        if (table.Unit == ReplacementUnit.Row)
        {
            return $"select distinct {columns} from {rows}";
        }

        var unit = string.Join(", ", table.UnitColumns);
        return $"""
            with lines as (select * from {rows}),
            owners as (select {unit}, max({LakeLayout.PartitionColumn}) as {LakeLayout.PartitionColumn} from lines group by {unit})
            select {columns} from lines semi join owners using ({unit}, {LakeLayout.PartitionColumn})
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
