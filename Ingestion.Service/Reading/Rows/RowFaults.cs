using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>The faults that concern a row as a whole, in the order in which they are looked for.</summary>
internal static class RowFaults
{
    internal static RowFault? Of(ReadOnlySpan<byte> row, RowSplitter split, LakeTable table, IReadOnlyList<int> columns, RowLoader loader)
    {
        if (row.Trim(RowText.Padding).IsEmpty)
        {
            return new RowFault(Reasons.WhitespaceLine, Column: null, "The line has nothing but spaces. Remove it.");
        }

        return RowText.Fault(row, loader.IsTranscoded)
            ?? QuoteFault(split, table, columns)
            ?? LengthFault(split, table, columns)
            ?? Unfinished(split, loader.IsKnownWhole);
    }

    internal static RowFault Conflict(LakeTable table)
    {
        var key = string.Join(", ", table.UnitColumns.Select(name => table.Columns.First(column => string.Equals(column.Name, name, StringComparison.Ordinal)).Header));
        return new RowFault(Reasons.DuplicateKey, table.UnitColumns.Count == 1 ? key : null, $"An earlier row of the file has the same {key} and says something else. Keep one of them.");
    }

    private static RowFault? QuoteFault(RowSplitter split, LakeTable table, IReadOnlyList<int> columns)
    {
        if (split.QuoteFault is not { } fault)
        {
            return null;
        }

        var column = fault.Field < columns.Count ? table.Columns[columns[fault.Field]].Header : null;
        return new RowFault(fault.Reason, column, (fault.Reason, fault.IsPadding) switch
        {
            (Reasons.StrayQuote, true) => "A blank stands between the comma and the opening quote. Remove the blank.",
            (Reasons.StrayQuote, _) => "A quote stands inside unquoted text. Quote the field and double the quote.",
            (_, true) => "A blank stands between the closing quote and the comma or line end. Remove the blank.",
            _ => "Text stands behind a closing quote. Double a quote that is part of the text.",
        });
    }

    private static RowFault? LengthFault(RowSplitter split, LakeTable table, IReadOnlyList<int> columns)
    {
        if (split.Fields == columns.Count)
        {
            return HeaderRow.Repeats(split, columns, table) ? new RowFault(Reasons.RepeatedHeader, Column: null, "The header comes again. Remove the line.") : null;
        }

        return split.Fields < columns.Count
            ? new RowFault(Reasons.ShortRow, Column: null, $"The row has {split.Fields} fields, not {columns.Count}.")
            : new RowFault(Reasons.LongRow, Column: null, $"The row has {split.Fields} fields, not {columns.Count}. Quote text that has a comma in it.");
    }

    /// <summary>A last row without line end may be cut off inside its last field and still look right.</summary>
    private static RowFault? Unfinished(RowSplitter split, bool isKnownWhole) => split.HasLineEnd || split.LastFieldClosed || isKnownWhole
        ? null
        : new RowFault(
            Reasons.UnfinishedRow,
            Column: null,
            "The file ends inside this row, without a line end: it may be cut off. End it with a line end, or declare the content's hash (Content-Digest).");
}
