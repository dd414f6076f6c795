using System.Globalization;
using CsCheck;
using Dunnhumby.Lake.Tables;
using Dunnhumby.Lake.Views;

namespace Dunnhumby.Transform.Worker.Tests.Lakes;

/// <summary>
/// Rows that one load brings: extreme, empty, contradictory, orphaned and repeated ones, and all that the contract accepts. Made from the tables'
/// declarations, so that a new column or rule is part of it at once.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">Values in the order of the columns, as text; null for null.</param>
internal sealed record HostileFile(LakeTable Table, IReadOnlyList<string?[]> Rows)
{
    private const int MostAlike = 300;

    // Few and small numbers, so that rows of different tables meet; days on both sides of every rule; the ends of each range come from the declaration.
    private static readonly long[] Numbers = [0, 1, 2, 3, 100, 101, 102, 525, 526, 700, 701, 708, 709];

    private static readonly long[] Cents = [0, 1, 2, 99, 100, 33_333, 999_999_999, -1, -999_999_999];

    private static readonly string?[] Texts =
    [
        null, "BEEF", "HALLOWEEN", "GASOLINE-REG UNLEADED", "gasoline-reg unleaded", "NULL", "Unknown", "45-54", "65+", "50-74K", "1 Adult Kids", "Single Female", "2 Adults No Kids",
        "1", "5+", "=cmd()", "a\"b,c;d", "'; drop table product; --", "line\nbreak", "\t", "😀", "\u202Ertl", "\u0085", "{}", "%s", "C:\\x\\", new('x', LakeColumn.DefaultMaxLength),
    ];

    /// <summary>A load of nearly each of the eight tables, and a later one of some, in the order in which they come.</summary>
    internal static Gen<HostileFile[]> Loads { get; } = LakeTables.All
        .SelectMany(table => new[] { File(table, oneIn: 1), File(table, oneIn: 5) })
        .Aggregate(Gen.Const(Array.Empty<HostileFile>()), (all, file) => Gen.Select(all, file, (files, next) => next is null ? files : [.. files, next]));

    /// <summary>The rows that count: of each unit those of the newest load that has it.</summary>
    internal static IReadOnlyList<string?[]> Current(LakeTable table, IEnumerable<HostileFile> loads)
    {
        var files = loads.Where(file => ReferenceEquals(file.Table, table)).ToList();
        if (table.Unit == ReplacementUnit.Row)
        {
            return [.. files.SelectMany(file => file.Rows).DistinctBy(row => string.Join('|', row), StringComparer.Ordinal)];
        }

        var owners = new Dictionary<string, HostileFile>(StringComparer.Ordinal);
        foreach (var (file, row) in files.SelectMany(file => file.Rows.Select(row => (file, row))))
        {
            owners[Unit(table, row)] = file;
        }

        return [.. files.SelectMany(file => file.Rows.Where(row => ReferenceEquals(owners[Unit(table, row)], file)))];
    }

    /// <summary>The statement by which DuckDB writes the rows to a Parquet file.</summary>
    internal string Copy(string path)
    {
        var columns = Table.Columns.Select((column, index) => $"c{index}::{TypeOf(column)} as {column.Name}");
        var names = Table.Columns.Select((_, index) => $"c{index}");
        var rows = Rows.Count == 0
            ? [Table.Columns.Select(_ => "null")]
            : Rows.Select(row => row.Zip(Table.Columns, (value, column) => value is null ? "null" : column.Kind == ColumnKind.Text ? SqlText.Literal(value) : value));
        var values = string.Join(", ", rows.Select(row => $"({string.Join(", ", row)})"));
        return $"copy (select {string.Join(", ", columns)} from (values {values}) as rows({string.Join(", ", names)}) where {Rows.Count} > 0) to {SqlText.Literal(path)} (format parquet)";
    }

    public override string ToString() => $"{Table.Name}:\n{string.Join('\n', Rows.GroupBy(row => string.Join(',', row.Select(value => value ?? "∅")), StringComparer.Ordinal).Select(alike => $"{alike.Count()} × {alike.Key}"))}";

    /// <summary>No load, one row, several, or very many that are alike.</summary>
    private static Gen<HostileFile?> File(LakeTable table, int oneIn)
    {
        var row = table.Columns.Select(Value).Aggregate(Gen.Const(Array.Empty<string?>()), (all, value) => Gen.Select(all, value, (values, next) => (string?[])[.. values, next]));
        var alike = Gen.Select(row, Gen.Int[1, MostAlike], (one, count) => Enumerable.Repeat(one, count).ToArray());
        return Gen.Select(Gen.Int[0, (6 * oneIn) - 1], row.Array[1, 12], alike, (kind, several, same) => kind switch
        {
            0 => Accepted(table, same),
            1 => Accepted(table, several[..1]),
            2 or 3 or 4 => Accepted(table, several),
            _ => null,
        });
    }

    /// <summary>Leaves out what an upload would: rows that break a rule, and repeats of a key.</summary>
    private static HostileFile Accepted(LakeTable table, IEnumerable<string?[]> rows)
    {
        var right = rows.Where(row => table.Rules.All(rule => Number(table, row, rule.Least) <= Number(table, row, rule.Greatest)));
        return new HostileFile(table, [.. table.Unit == ReplacementUnit.Group ? right : right.DistinctBy(row => Unit(table, row), StringComparer.Ordinal)]);
    }

    private static Gen<string?> Value(LakeColumn column) => column.Kind switch
    {
        ColumnKind.Text => OneOf<string?>(column.Codes is { } codes ? [.. codes] : [.. Texts.Where(text => text is not null || column.Nullable)]),
        ColumnKind.Money => OneOf([.. Cents.Append(column.Min).Append(column.Max).Where(cents => cents >= column.Min && cents <= column.Max)])
            .Select(cents => (string?)(cents / 100m).ToString("F2", CultureInfo.InvariantCulture)),
        _ => OneOf([.. Numbers.Append(column.Min).Append(column.Max).Where(number => number >= column.Min && number <= column.Max)])
            .Select(number => (string?)number.ToString(CultureInfo.InvariantCulture)),
    };

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Unit(LakeTable table, string?[] row) => string.Join(
        '|', row.Zip(table.Columns).Where(pair => table.UnitColumns.Contains(pair.Second.Name, StringComparer.Ordinal)).Select(pair => pair.First));

    private static long Number(LakeTable table, string?[] row, string header) => long.Parse(
        row[table.Columns.Index().Single(column => string.Equals(column.Item.Header, header, StringComparison.Ordinal)).Index] ?? "",
        CultureInfo.InvariantCulture);

    private static string TypeOf(LakeColumn column) => column.Kind switch
    {
        ColumnKind.Int32 => "integer",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Money => "decimal(9, 2)",
        _ => "varchar",
    };
}
