using System.Text;
using Dunnhumby.Ingestion.Service.Content;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Rows;

/// <summary>Matches a file's header with a table's columns: any order, case and surrounding spaces ignored, all of them and no other.</summary>
internal static class HeaderRow
{
    private const int LookAhead = 50;
    private const int ShownNames = 20;

    /// <summary>For each column of the file its position in the table, or why the header is refused.</summary>
    /// <param name="header">The header row, split.</param>
    /// <param name="following">The bytes behind it, to tell a preamble from a missing header.</param>
    internal static (int[]? Columns, Rejection? Rejection) Match(LakeTable table, RowSplitter header, ReadOnlySpan<byte> following)
    {
        var names = Names(header);
        var columns = Array.ConvertAll(names, name => Find(table, name));
        if (Array.TrueForAll(columns, column => column >= 0) && columns.Length == table.Columns.Count && columns.Distinct().Count() == columns.Length)
        {
            return (columns, null);
        }

        return (null, Explain(table, names, columns, following));
    }

    /// <summary>Whether the row says nothing but the names of the header, in its order.</summary>
    internal static bool Repeats(RowSplitter row, IReadOnlyList<int> columns, LakeTable table)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (Find(table, Name(row, index)) != columns[index])
            {
                return false;
            }
        }

        return true;
    }

    private static Rejection Explain(LakeTable table, string[] names, int[] columns, ReadOnlySpan<byte> following)
    {
        var expected = string.Join(',', table.Columns.Select(column => column.Header));
        if (Array.TrueForAll(columns, column => column < 0))
        {
            return Unrecognised(table, names, following, expected);
        }

        var unknown = names.Where((_, index) => columns[index] < 0).ToList();
        var missing = table.Columns.Where((_, index) => !columns.Contains(index)).Select(column => column.Header).ToList();
        var twice = names.Where((_, index) => columns[index] >= 0 && Array.IndexOf(columns, columns[index]) != index).ToList();
        return (twice, unknown, missing) switch
        {
            ({ Count: > 0 }, _, _) => Header("duplicate-column", "A column comes twice", $"{List(twice)} comes more than once: leave one."),
            (_, { Count: > 0 }, { Count: > 0 }) => Header("unknown-column", "The header has an unknown column", $"{List(unknown)} is unknown, {List(missing)} is missing. Expected: {expected}."),
            (_, { Count: > 0 }, _) => Header("extra-column", "The header has an extra column", $"{List(unknown)} does not belong to {table.Name}: remove it. Expected: {expected}."),
            _ => Header("missing-column", "A column is missing", $"{List(missing)} is missing. Expected: {expected}."),
        };
    }

    private static Rejection Unrecognised(LakeTable table, string[] names, ReadOnlySpan<byte> following, string expected)
    {
        foreach (var delimiter in (ReadOnlySpan<char>)[';', '\t', '|'])
        {
            var parts = string.Join(',', names).Split(delimiter);
            if (parts.Length > 1 && parts.Any(part => Find(table, part) >= 0))
            {
                var shown = delimiter == '\t' ? "tabs" : $"'{delimiter}'";
                return Header("wrong-delimiter", "The columns are not separated by commas", $"The header is separated by {shown}: save the file with commas.");
            }
        }

        return HeaderLineBelow(table, following) is { } line
            ? Header("preamble", "There is text before the header", $"The header comes only in line {line}: remove what stands before it.")
            : Header("no-header", "There is no header", $"The first line names no column of {table.Name}. Put this line first: {expected}");
    }

    /// <summary>The line of a header further down, counting the first row as line 1.</summary>
    private static int? HeaderLineBelow(LakeTable table, ReadOnlySpan<byte> following)
    {
        var splitter = new RowSplitter();
        for (var line = 2; line < LookAhead && !following.IsEmpty && splitter.TrySplit(following, isLast: true); line++)
        {
            if (splitter.Fields > 1 && Names(splitter).All(name => Find(table, name) >= 0))
            {
                return line;
            }

            following = following[splitter.Consumed..];
        }

        return null;
    }

    private static Rejection Header(string code, string title, string detail) => new(code, title, detail) { Line = 1, ByteOffset = 0 };

    private static string List(List<string> names) =>
        string.Join(", ", names.Take(ShownNames).Select(name => name.Length > LakeColumn.DefaultMaxLength ? name[..LakeColumn.DefaultMaxLength] : name))
        + (names.Count > ShownNames ? $" and {names.Count - ShownNames} more" : "");

    private static string[] Names(RowSplitter header) => [.. Enumerable.Range(0, header.Fields).Select(index => Name(header, index))];

    private static string Name(RowSplitter row, int index) => Encoding.UTF8.GetString(row.Field(index)).Trim();

    private static int Find(LakeTable table, string name)
    {
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (string.Equals(table.Columns[index].Header, name.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }
}
