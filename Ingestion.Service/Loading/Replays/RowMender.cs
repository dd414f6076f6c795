using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>Applies edits to the text of rows. An edit of a field leaves a row alone whose fields cannot be told apart: its fault stays and is seen.</summary>
/// <param name="table">The table.</param>
/// <param name="fileColumns">The table's column names in the order of the rows' fields.</param>
internal sealed class RowMender(LakeTable table, IReadOnlyList<string> fileColumns)
{
    private static readonly System.Buffers.SearchValues<char> NeedQuotes = System.Buffers.SearchValues.Create(",\"\r\n");

    private readonly RowSplitter _splitter = new();

    /// <summary>The header of a file with these rows.</summary>
    private string Header { get; } = string.Join(',', fileColumns.Select(name => table.Columns.Single(column => string.Equals(column.Name, name, StringComparison.Ordinal)).Header));

    /// <summary>The row's text after an edit that does not drop it; null when it would have more than so many characters.</summary>
    internal string? Apply(RowEdit edit, string text, int maxCharacters)
    {
        // Before it is made: a short text in which every character becomes a long one is a matter of gigabytes.
        if (edit.Kind is RowEditKinds.Replace && text.Length + Growth(edit, text) > maxCharacters)
        {
            return null;
        }

        var after = Apply(edit, text);
        return after.Length > maxCharacters ? null : after;
    }

    private string Apply(RowEdit edit, string text) => edit.Kind switch
    {
        RowEditKinds.Row => edit.To ?? "",
        RowEditKinds.Replace when edit.Field is null => text.Replace(edit.From ?? "", edit.To ?? "", StringComparison.Ordinal),
        RowEditKinds.Replace => WithFields(text, edit.Field, field => field.Replace(edit.From ?? "", edit.To ?? "", StringComparison.Ordinal)),
        RowEditKinds.Set => WithFields(text, edit.Field, _ => edit.To ?? ""),
        RowEditKinds.Trim => WithFields(text, edit.Field, field => field.Trim()),
        _ => text,
    };

    /// <summary>The rows that pass so far, as a CSV file and by their line in it. Sets the fault of texts that are not one row.</summary>
    internal byte[] File(IReadOnlyList<EditedRow> rows, int maxRowBytes, out Dictionary<long, EditedRow> byLine)
    {
        byLine = [];
        using var file = new MemoryStream();
        file.Write(Encoding.UTF8.GetBytes(Header));
        file.WriteByte((byte)'\n');
        var line = 2L;
        foreach (var row in rows.Where(row => row.Passes))
        {
            var bytes = Encoding.UTF8.GetBytes(row.After ?? "");
            row.Fault = Fault(bytes, maxRowBytes);
            if (row.Fault is null)
            {
                file.Write(bytes);
                file.WriteByte((byte)'\n');
                byLine.Add(line, row);

                // The splitter still holds the row.
                line += 1 + _splitter.LineBreaks;
            }
        }

        return file.ToArray();
    }

    /// <summary>Why the text is not one row, whatever its fields hold; null when it is one.</summary>
    private RowFault? Fault(ReadOnlySpan<byte> text, int maxBytes)
    {
        if (text.IsEmpty)
        {
            return new RowFault(Reasons.ShortRow, Column: null, "The row is empty. Drop it instead.");
        }

        if (text.Length > maxBytes)
        {
            return new RowFault(Reasons.LongRow, Column: null, $"The row is longer than {maxBytes} bytes.");
        }

        if (!_splitter.TrySplit(text, isLast: true))
        {
            return new RowFault(Reasons.StrayQuote, Column: null, "The row opens a quote that is not closed. Close it, or double it if it is part of the text.");
        }

        return _splitter.RowLength == text.Length ? null : new RowFault(Reasons.LongRow, Column: null, "There is a line break outside quotes: one row must stay one row.");
    }

    private string WithFields(string text, string? header, Func<string, string> change)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!_splitter.TrySplit(bytes, isLast: true) || _splitter.QuoteFault is not null || _splitter.Fields != fileColumns.Count || _splitter.RowLength != bytes.Length)
        {
            return text;
        }

        var fields = Enumerable.Range(0, _splitter.Fields).Select(index => Encoding.UTF8.GetString(_splitter.Field(index))).ToArray();
        var changed = false;
        for (var index = 0; index < fields.Length; index++)
        {
            if (header is null || string.Equals(fileColumns[index], header, StringComparison.OrdinalIgnoreCase))
            {
                var after = change(fields[index]);
                changed |= !string.Equals(after, fields[index], StringComparison.Ordinal);
                fields[index] = after;
            }
        }

        return changed ? string.Join(',', fields.Select(Quoted)) : text;
    }

    /// <summary>The most characters that a replacement can add: it counts all fields, not only the one that is meant.</summary>
    private static long Growth(RowEdit edit, string text) =>
        edit.From is { Length: > 0 } from ? (long)text.AsSpan().Count(from) * Math.Max(0, (edit.To?.Length ?? 0) - from.Length) : 0;

    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(NeedQuotes) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
