using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>
/// Reads a whole file by the book: RFC 4180 for the records, the contract of the tables for the values. Slow and simple on purpose; knows the tables' limits and
/// code lists but none of the service's reading code.
/// </summary>
internal static partial class ReferenceReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the decompressed bytes of a file.</summary>
    /// <param name="isKnownWhole">A hash was declared: a last row without line end is whole.</param>
    internal static ReadFile Read(LakeTable table, byte[] file, bool isKnownWhole = false)
    {
        if (file is [0xFF, 0xFE, 0, 0, ..] or [0, 0, 0xFE, 0xFF, ..])
        {
            return ReadFile.Refused;
        }

        var wide = file is [0xFF, 0xFE, ..] ? Encoding.Unicode : file is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode : null;
        var mark = wide is not null ? 2 : file is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        var text = Encoding.Latin1.GetString(wide is null ? file[mark..] : Encoding.UTF8.GetBytes(wide.GetString(file[mark..])));
        if (new ReferenceSplitter(text).Split() is not { } records)
        {
            return ReadFile.Refused;
        }

        var blank = records.Count(record => record.Raw.Length == 0);
        records.RemoveAll(record => record.Raw.Length == 0);
        if (records.Count == 0 || Columns(table, records[0]) is not { } columns)
        {
            return ReadFile.Refused;
        }

        long Offset(int start) => wide is null ? mark + start : mark + (2 * Encoding.UTF8.GetCharCount(Encoding.Latin1.GetBytes(text[..start])));
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> loaded = [];
        List<(long, long)> quarantined = [];
        foreach (var record in records.Skip(1))
        {
            var values = Values(table, columns, record, wide is not null, isKnownWhole);
            // A row that is right as it stands, but holds others.
            values = values is not null && Swallows(table, columns, record, wide is not null) ? null : values;
            if (values is null && record.IsRunaway)
            {
                return ReadFile.Refused;
            }

            var row = values is null ? "" : string.Join('|', values);
            if (values is null)
            {
                quarantined.Add((record.Line, Offset(record.Start)));
            }
            else if (table.Unit == ReplacementUnit.Group || rows.TryAdd(string.Join('|', table.Columns.Index().Where(column => table.UnitColumns.Contains(column.Item.Name, StringComparer.Ordinal)).Select(column => values[column.Index])), row))
            {
                loaded.Add(row);
            }
            else if (!rows.ContainsValue(row))
            {
                quarantined.Add((record.Line, Offset(record.Start)));
            }
        }

        var read = records.Count - 1;
        return new ReadFile(IsRefused: false, read, read - loaded.Count - quarantined.Count, blank, loaded, quarantined);
    }

    /// <summary>For each field the position of its column in the table; null when the header is not all columns once each.</summary>
    private static int[]? Columns(LakeTable table, ReferenceRecord header)
    {
        var columns = header.Fields.Select(field => Names(table).IndexOf(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(field)).Trim().ToLowerInvariant())).ToArray();
        return columns.Order().SequenceEqual(Enumerable.Range(0, table.Columns.Count)) ? columns : null;
    }

    private static List<string> Names(LakeTable table) => [.. table.Columns.Select(column => column.Header.ToLowerInvariant())];

    /// <summary>The row's values in the order of the table; null when the row is at fault.</summary>
    private static string[]? Values(LakeTable table, int[] columns, ReferenceRecord record, bool isTranscoded, bool isKnownWhole)
    {
        var fields = record.Fields.Select(Decode).ToList();
        var isText = Decode(record.Raw) is { } raw && !raw.Contains('\0', StringComparison.Ordinal) && !(isTranscoded && raw.Contains('\uFFFD', StringComparison.Ordinal));
        if (!isText || record.HasMisplacedQuote || fields.Count != columns.Length || !(record.IsFinished || isKnownWhole) || record.Raw.Trim(' ', '\t').Length == 0)
        {
            return null;
        }

        if (fields.Zip(columns, (field, column) => string.Equals(field?.Trim(), table.Columns[column].Header, StringComparison.OrdinalIgnoreCase)).All(same => same))
        {
            return null;
        }

        var values = new string?[columns.Length];
        foreach (var (index, column) in columns.Index())
        {
            values[column] = Value(table.Columns[column], fields[index] ?? "");
        }

        return Array.Exists(values, value => value is null) || table.Rules.Any(rule => Number(rule.Least) > Number(rule.Greatest))
            ? null
            : Array.ConvertAll(values, value => value ?? "");

        long Number(string header) => long.Parse(values[table.Columns.Index().Single(column => string.Equals(column.Item.Header, header, StringComparison.Ordinal)).Index] ?? "", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a line of a field is a row, or two lines of the record are, their quotes left out.</summary>
    private static bool Swallows(LakeTable table, int[] columns, ReferenceRecord record, bool isTranscoded)
    {
        bool IsRow(string line) => new ReferenceSplitter(line).Split() is [var only] && Values(table, columns, only, isTranscoded, isKnownWhole: true) is not null;
        return record.Fields.Select(Lines).Where(lines => lines.Length > 1).SelectMany(lines => lines).Any(IsRow)
            || (record.Fields.Any(field => Lines(field).Length > 1) && Lines(record.Raw).Count(line => IsRow(line.Replace("\"", "", StringComparison.Ordinal))) > 1);
    }

    private static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    private static string? Decode(string bytes)
    {
        try
        {
            return Strict.GetString(Encoding.Latin1.GetBytes(bytes));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A value as text, cents for money, nothing for null; null when it is not accepted.</summary>
    private static string? Value(LakeColumn column, string field)
    {
        if (column.Kind == ColumnKind.Text)
        {
            return column.Codes is { } codes
                ? codes.FirstOrDefault(code => string.Equals(code, field.Trim(' ', '\t'), StringComparison.Ordinal))
                : field.Length > column.MaxLength ? null : field.Trim(' ', '\t', '\r', '\n').Length == 0 ? "" : field;
        }

        var number = (column.Kind == ColumnKind.Money ? Money() : Whole()).Match(field);
        if (!number.Success)
        {
            return null;
        }

        var value = BigInteger.Parse(number.Groups["whole"].Value + number.Groups["cents"].Value.PadRight(column.Kind == ColumnKind.Money ? 2 : 0, '0'), CultureInfo.InvariantCulture);
        value = number.Groups["minus"].Success ? -value : value;
        var isRight = value >= column.Min && value <= column.Max && !(column.IsTimeOfDay && value % 100 > 59);
        return isRight ? value.ToString(CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"\A[ \t]*(?<minus>-)?(?<whole>[0-9]+)(\.(?<cents>[0-9]{1,2}))?[ \t]*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Money();

    [GeneratedRegex(@"\A[ \t]*(?<minus>-)?(?<whole>[0-9]+)(?<cents>)[ \t]*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Whole();
}
