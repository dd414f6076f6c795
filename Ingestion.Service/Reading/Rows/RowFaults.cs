using System.Collections.Immutable;
using System.Reflection;
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
            (Reasons.StrayQuote, true) => "There is a blank between the comma and the opening quote. Remove the blank.",
            (Reasons.StrayQuote, _) => "There is a quote inside unquoted text. Quote the field and double the quote.",
            (_, true) => "There is a blank between the closing quote and the comma or line end. Remove the blank.",
            _ => "There is text after a closing quote. Double a quote that is part of the text.",
        });
    }

    private static RowFault? LengthFault(RowSplitter split, LakeTable table, IReadOnlyList<int> columns)
    {
        if (split.Fields == columns.Count)
        {
            return HeaderRow.Repeats(split, columns, table) ? new RowFault(Reasons.RepeatedHeader, Column: null, "The header is repeated. Remove the line.") : null;
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

/// <summary>The first fault found in a row.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Column">The column at fault as the original files write it; null when the whole row is.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
internal sealed record RowFault(string Reason, string? Column, string Message);

/// <summary>What is wrong with a field's text.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Message">What would be accepted, as the end of a sentence that begins with the column's name.</param>
internal readonly record struct FieldFault(string Reason, string Message);

/// <summary>Stable codes of why a row is quarantined.</summary>
internal static class Reasons
{
    /// <summary>Every reason, by name.</summary>
    internal static IReadOnlySet<string> All { get; } = typeof(Reasons)
        .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!) // Literals of this class are texts.
        .ToImmutableSortedSet(StringComparer.Ordinal);

    internal const string ShortRow = "short_row";
    internal const string LongRow = "long_row";
    internal const string WhitespaceLine = "whitespace_line";
    internal const string RepeatedHeader = "repeated_header";
    internal const string UnfinishedRow = "unfinished_row";
    internal const string TextAfterQuote = "text_after_quote";
    internal const string StrayQuote = "stray_quote";
    internal const string SwallowedRows = "swallowed_rows";
    internal const string InvalidUtf8 = "invalid_utf8";
    internal const string NulByte = "nul_byte";
    internal const string MissingValue = "missing_value";
    internal const string NotANumber = "not_a_number";
    internal const string NumberTooLarge = "number_too_large";
    internal const string OutOfRange = "out_of_range";
    internal const string TooManyDecimals = "too_many_decimals";
    internal const string InvalidTime = "invalid_time";
    internal const string UnknownCode = "unknown_code";
    internal const string TextTooLong = "text_too_long";
    internal const string DuplicateKey = "duplicate_key";
}
