using System.Text;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>Matches a file's header with a table's columns: any order, case and surrounding spaces ignored, all of them and no other.</summary>
internal static class HeaderRow
{
    /// <summary>A line of more fields is no header, however it came about; looking each up would take its time.</summary>
    internal const int MaxNames = 1_000;

    /// <summary>For each column of the file its position in the table, or why the header is refused.</summary>
    /// <param name="header">The header row, split.</param>
    /// <param name="row">The header row as sent.</param>
    /// <param name="line">Its line.</param>
    /// <param name="following">The bytes behind it, to tell a preamble from a missing header.</param>
    internal static (int[]? Columns, Rejection? Rejection) Match(LakeTable table, RowSplitter header, ReadOnlySpan<byte> row, long line, ReadOnlySpan<byte> following)
    {
        if (header.Fields > MaxNames)
        {
            return (null, WrongHeader.TooManyNames(table, header.Fields));
        }

        var names = Names(header);
        var columns = Array.ConvertAll(names, name => Find(table, name));
        if (Array.TrueForAll(columns, column => column >= 0) && columns.Length == table.Columns.Count && columns.Distinct().Count() == columns.Length)
        {
            return (columns, null);
        }

        return (null, WrongHeader.Explain(table, header, names, columns, row, line, following));
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

    internal static string[] Names(RowSplitter header) => [.. Enumerable.Range(0, header.Fields).Select(index => Name(header, index))];

    private static string Name(RowSplitter row, int index) => Encoding.UTF8.GetString(row.Field(index)).Trim();

    internal static int Find(LakeTable table, string name)
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
