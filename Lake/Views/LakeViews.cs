using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Lake.Views;

/// <summary>
/// The eight tables as they stand: the rows of all loads, each unit as its newest owner has it. A replay's rows belong to the load that they were set aside
/// from: they stand beside its other rows of a basket, replace its row of a key, and go with them when a newer load brings the unit.
/// </summary>
public static class LakeViews
{
    private const string Rank = "load_rank";
    private const int OwnerShift = 32;

    /// <summary>The statement that makes, or makes anew, the view of a table: the rows that count.</summary>
    public static string CreateOrReplace(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout) =>
        $"create or replace view {table.Name} as {Select(table, loads, layout, withLoad: false)}";

    /// <summary>
    /// The rows that count: a query. Where each has one load, that is, unless the unit is the row, they have it in the column
    /// <see cref="LakeLayout.PartitionColumn"/>. Without any file there are no rows.
    /// </summary>
    public static string Rows(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout) => Select(table, loads, layout, HasLoad(table));

    /// <summary>All rows of all loads with their load and its rank, whatever counts: a query.</summary>
    public static string AllRows(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout) => loads.Count == 0
        ? $"select {NoColumns(table)}, null::bigint as {LakeLayout.PartitionColumn}, null::bigint as {Rank} where false"
        : $"select {Columns(table)}, {LakeLayout.PartitionColumn}, ({RankOf(table, loads)})::bigint as {Rank} from {Lines(table, loads, layout)}";

    /// <summary>The rows of some units that count, as <see cref="Rows"/> has them: a query.</summary>
    /// <param name="table">Its unit is not the row.</param>
    /// <param name="loads">All of the table, at least one.</param>
    /// <param name="layout">Where the files are.</param>
    /// <param name="units">A table of the units' columns.</param>
    public static string RowsOf(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout, string units) =>
        Owned(table, loads, $"(from {Lines(table, loads, layout)} semi join {units} using ({Unit(table)}))");

    /// <summary>The same when loads were added since the rows that counted were stored: only the files of those are read.</summary>
    /// <param name="table">Its unit is not the row.</param>
    /// <param name="loads">All of the table, the added ones too.</param>
    /// <param name="layout">Where the files are.</param>
    /// <param name="units">A table of the units' columns.</param>
    /// <param name="added">The loads that were added; at least one.</param>
    /// <param name="stored">A table of the rows that counted without them, as <see cref="Rows"/> has them.</param>
    public static string RowsOf(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout, string units, IReadOnlyList<LakeLoad> added, string stored)
    {
        var columns = $"{Columns(table)}, {LakeLayout.PartitionColumn}";
        return Owned(
            table,
            loads,
            $"(select {columns} from {stored} semi join {units} using ({Unit(table)}) union all select {columns} from {Lines(table, added, layout)} semi join {units} using ({Unit(table)}))");
    }

    /// <summary>The units that the rows of some loads belong to, each once: a query.</summary>
    public static string UnitsOf(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout) =>
        $"select distinct {Unit(table)} from {Lines(table, loads, layout)}";

    /// <summary>Whether a row that counts is of one load; a row that is its own unit may be of several.</summary>
    public static bool HasLoad(LakeTable table) => table.Unit is not ReplacementUnit.Row;

    /// <summary>
    /// The rows of the loads with <see cref="LakeLayout.LoadColumn"/> and <see cref="LakeLayout.LineColumn"/>: those that their load owns among these loads, or the others, which count again when the
    /// owner is withdrawn. In a table whose unit is the row every load's row is owned: repeats count once anyway.
    /// </summary>
    public static string Lines(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout, bool owned)
    {
        var columns = Columns(table);
        var rows = TracedRows.All(table, loads, layout);
        if (table.Unit == ReplacementUnit.Row)
        {
            return $"select {columns}, {LakeLayout.PartitionColumn} as {LakeLayout.LoadColumn}, {LakeLayout.LineColumn} from {rows} where {(owned ? "true" : "false")}";
        }

        return $"""
            with lines as (select *, {RankOf(table, loads)} as {Rank} from {rows}),
            owners as (select {Unit(table)}, max({Rank}) as {Rank} from lines group by {Unit(table)})
            select {columns}, {LakeLayout.PartitionColumn} as {LakeLayout.LoadColumn}, {LakeLayout.LineColumn} from lines {(owned ? "semi" : "anti")} join owners using ({Unit(table)}, {Rank})
            """;
    }

    /// <summary>All rows of the loads' files with their load, whatever load owns their unit now: something to select from.</summary>
    public static string Lines(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout)
    {
        var compacted = loads.SelectMany(load => load.Files).Where(LakeLayout.IsCompacted).Distinct(StringComparer.Ordinal).ToList();
        var own = loads.SelectMany(load => load.Files).Where(file => !LakeLayout.IsCompacted(file)).ToList();
        var byPartition = $"read_parquet({SqlText.List(own.Select(layout.FullPath))}, hive_partitioning = true, hive_types = {{'{LakeLayout.PartitionColumn}': bigint}})";
        if (compacted.Count == 0)
        {
            return byPartition;
        }

        // A compacted file may hold rows of loads that were withdrawn since.
        var columns = Columns(table);
        var ids = string.Join(", ", loads.Where(load => load.Files.Any(LakeLayout.IsCompacted)).Select(load => load.Id));
        var byColumn = $"select {columns}, {LakeLayout.LoadColumn} as {LakeLayout.PartitionColumn} "
            + $"from read_parquet({SqlText.List(compacted.Select(layout.FullPath))}, hive_partitioning = false) where {LakeLayout.LoadColumn} in ({ids})";
        return own.Count == 0 ? $"({byColumn})" : $"({byColumn} union all select {columns}, {LakeLayout.PartitionColumn} from {byPartition})";
    }

    /// <summary>
    /// What orders the loads that hold a unit, the highest being its owner: the load's id, but of a replay the id of the load that it mends. In tables with a
    /// key the newer of the rows of one owner counts: a person chose it after the first was loaded.
    /// </summary>
    public static string RankOf(LakeTable table, IReadOnlyList<LakeLoad> loads)
    {
        var replays = loads.Where(load => load.ReplaysLoadId is not null).ToList();
        if (replays.Count == 0)
        {
            return LakeLayout.PartitionColumn;
        }

        var ranks = replays.Select(load => $"when {load.Id} then {(load.Owner << OwnerShift) + (table.Unit == ReplacementUnit.Key ? load.Id - load.Owner : 0)}");
        return $"case {LakeLayout.PartitionColumn} {string.Join(' ', ranks)} else {LakeLayout.PartitionColumn} << {OwnerShift} end";
    }

    internal static string NoColumns(LakeTable table) => string.Join(", ", table.Columns.Select(column => $"null::{TypeOf(column)} as {column.Name}"));

    private static string Select(LakeTable table, IReadOnlyList<LakeLoad> loads, LakeLayout layout, bool withLoad)
    {
        var columns = withLoad ? $"{Columns(table)}, {LakeLayout.PartitionColumn}" : Columns(table);
        if (loads.Count == 0)
        {
            return $"select {NoColumns(table)}{(withLoad ? $", null::bigint as {LakeLayout.PartitionColumn}" : "")} where false";
        }

        var rows = Lines(table, loads, layout);
        if (HasOneOwner(table, loads))
        {
            return $"select {columns} from {rows}";
        }

        return table.Unit == ReplacementUnit.Row ? $"select distinct {columns} from {rows}" : Owned(table, loads, rows, columns);
    }

    private static string Owned(LakeTable table, IReadOnlyList<LakeLoad> loads, string rows) =>
        Owned(table, loads, rows, $"{Columns(table)}, {LakeLayout.PartitionColumn}");

    /// <summary>Of rows of several loads, those of the load that owns their unit.</summary>
    private static string Owned(LakeTable table, IReadOnlyList<LakeLoad> loads, string rows, string columns) =>
        $"""
        with lines as (select *, {RankOf(table, loads)} as {Rank} from {rows}),
        owners as (select {Unit(table)}, max({Rank}) as {Rank} from lines group by {Unit(table)})
        select {columns} from lines semi join owners using ({Unit(table)}, {Rank})
        """;

    /// <summary>The same when the units are at hand: of rows of several loads, those of the load that owns their unit.</summary>
    internal static string Owned(LakeTable table, IReadOnlyList<LakeLoad> loads, string rows, string units, string columns) =>
        HasOneOwner(table, loads)
            ? $"select {columns} from {rows}"
            : $"""
            with lines as (select *, {RankOf(table, loads)} as {Rank} from {rows}),
            owners as (select {Unit(table)}, max({RankOf(table, loads)}) as {Rank} from {units} group by {Unit(table)})
            select {columns} from lines semi join owners using ({Unit(table)}, {Rank})
            """;

    /// <summary>Of some rows, those whose load owns their unit among all rows: a query. A newer load may have the unit without any of these rows.</summary>
    /// <param name="table">Its unit is not the row.</param>
    /// <param name="loads">All of the table, at least one.</param>
    /// <param name="rows">The rows with their load: something to select from.</param>
    /// <param name="units">The units of all rows with the load: something to select from.</param>
    /// <param name="columns">What is wanted of the rows.</param>
    internal static string OwnedOf(LakeTable table, IReadOnlyList<LakeLoad> loads, string rows, string units, string columns) =>
        HasOneOwner(table, loads)
            ? $"select {columns} from {rows}"
            : $"""
            with lines as (select *, {RankOf(table, loads)} as {Rank} from {rows}),
            owners as (select {Unit(table)}, max({RankOf(table, loads)}) as {Rank} from {units} semi join lines using ({Unit(table)}) group by {Unit(table)})
            select {columns} from lines semi join owners using ({Unit(table)}, {Rank})
            """;

    /// <summary>Whether nothing is to be chosen, since one owner holds every unit whole.</summary>
    private static bool HasOneOwner(LakeTable table, IReadOnlyList<LakeLoad> loads) =>
        loads.Count == 1 || (table.Unit == ReplacementUnit.Group && loads.Select(load => load.Owner).Distinct().Count() == 1);

    internal static string Columns(LakeTable table) => string.Join(", ", table.Columns.Select(column => column.Name));

    internal static string Unit(LakeTable table) => string.Join(", ", table.UnitColumns);

    private static string TypeOf(LakeColumn column) => column.Kind switch
    {
        ColumnKind.Int32 => "integer",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Money => "decimal(9, 2)",
        _ => "varchar",
    };
}

/// <summary>A load as readers of the lake's files see it.</summary>
/// <param name="Files">The files that hold its rows, relative to the lake's root: its own, or compacted ones that hold rows of other loads too.</param>
public record LakeLoad(long Id, IReadOnlyList<string> Files)
{
    /// <summary>The load whose mended rows this one brings; null for an upload.</summary>
    public long? ReplaysLoadId { get; init; }

    /// <summary>The load that owns the units of this one's rows: a replay belongs to the load that it mends, as if its rows had been right in the first file.</summary>
    public long Owner => ReplaysLoadId ?? Id;
}
