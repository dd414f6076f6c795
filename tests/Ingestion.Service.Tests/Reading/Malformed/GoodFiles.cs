using CsCheck;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Lake.Tables;
using Dunnhumby.TestSupport.Fuzzing;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>Random small good files of all eight tables, keys repeating now and then.</summary>
internal static class GoodFiles
{
    private static readonly string[] Texts = ["GROCERY", "Käse", "", " ", "\"A, B\"", "\"two\nlines\"", "\"5\"\" PIPE\"", "=cmd()", "\u202Eabc", "😀", "1 LB", "\"\"", "\\N", "a\u2028b", "\"x\r\ny\""];

    internal static Gen<(LakeTable Table, string Csv)> Any { get; } =
        from table in Pick.From([.. LakeTables.All])
        from rows in Row(table).Array[0, 12]
        from order in Gen.Shuffle(Enumerable.Range(0, table.Columns.Count).ToArray())
        from lineEnd in Pick.From("\n", "\r\n", "\r")
        from ended in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false)))
        select (table, Write(table, rows, order, lineEnd, ended));

    private static string Write(LakeTable table, string[][] rows, int[] order, string lineEnd, bool ended)
    {
        string Line(string[] fields) => string.Join(',', order.Select(column => fields[column]));
        var lines = rows.Select(Line).Prepend(Line([.. table.Columns.Select(column => column.Header)]));
        return string.Join(lineEnd, lines) + (ended ? lineEnd : "");
    }

    private static Gen<string[]> Row(LakeTable table)
    {
        var row = Gen.Const(Array.Empty<string>());
        foreach (var column in table.Columns)
        {
            row = from before in row
                  from field in Field(table, column)
                  select (string[])[.. before, field];
        }

        return row;
    }

    private static Gen<string> Field(LakeTable table, LakeColumn column) => column switch
    {
        { Codes: { } codes } => Pick.From([.. codes]),
        { Kind: ColumnKind.Text } => Pick.From(Texts),
        { IsTimeOfDay: true } => Gen.Select(Gen.Int[0, 23], Gen.Int[0, 59], (hour, minute) => $"{(hour * 100) + minute}"),
        { Kind: ColumnKind.Money } => Gen.Select(Gen.Int[(int)Math.Max(column.Min, -500), (int)Math.Min(column.Max, 5_000)], Gen.Bool, (cents, isShort) => isShort ? $"{cents / 100m:0.##}" : $"{cents / 100m:0.00}"),

        // Few values, so that keys repeat.
        _ when table.UnitColumns.Contains(column.Name, StringComparer.Ordinal) && table.Name is not DatasetNames.Transactions => Gen.Int[1, 4].Select(key => $"{key}"),
        _ => Gen.Frequency((9, Gen.Int[1, (int)Math.Min(column.Max, 100)].Select(number => $"{number}")), (1, Gen.Int[1, (int)Math.Min(column.Max, 100)].Select(number => $"\"{number}\""))),
    };
}
