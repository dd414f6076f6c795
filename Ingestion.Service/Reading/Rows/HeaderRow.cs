using System.Globalization;
using System.Text;
using System.Text.Unicode;
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
    /// <param name="following">The bytes after it, to tell a preamble from a missing header.</param>
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

/// <summary>Says what is wrong with a header that is not that of its table, and what to do.</summary>
internal static class WrongHeader
{
    private const int ShownNames = 20;
    private const string SeparatorLine = "sep=";

    /// <param name="names">The header's names.</param>
    /// <param name="columns">The position of each name in the table, below 0 for unknown ones.</param>
    /// <param name="row">The header row as sent.</param>
    /// <param name="line">Its line.</param>
    /// <param name="following">The bytes after it, as far as they were read.</param>
    internal static Rejection Explain(LakeTable table, RowSplitter header, string[] names, int[] columns, ReadOnlySpan<byte> row, long line, ReadOnlySpan<byte> following)
    {
        var expected = Expected(table);
        if (header.QuoteFault is { IsPadding: true })
        {
            return Header("unknown-column", "The header has an unknown column", "There is a blank between a comma and a quote of the header: remove it there and in the rows.");
        }

        if (names.Select(Visible).FirstOrDefault(name => name.Hidden is not null && HeaderRow.Find(table, name.Text) >= 0) is { Hidden: { } hidden, Text: var visible })
        {
            return Header(
                "unknown-column",
                "The header has an invisible character",
                $"The name {visible} holds {hidden}, which cannot be seen: remove it.{(hidden is "U+FEFF" ? " It is a second byte-order mark, as files have that were joined or saved twice." : "")}");
        }

        return Array.TrueForAll(columns, column => column < 0)
            ? Unrecognised(table, header, names, row, line, following, expected)
            : Partly(table, names, columns, expected);
    }

    /// <summary>The first line has more fields than any table.</summary>
    internal static Rejection TooManyNames(LakeTable table, int fields) => Header(
        "extra-column",
        "The header has too many columns",
        FormattableString.Invariant($"The first line has {fields:#,0} fields. Expected: {Expected(table)}"));

    private static string Expected(LakeTable table) => string.Join(',', table.Columns.Select(column => column.Header));

    /// <summary>Some names are the table's.</summary>
    private static Rejection Partly(LakeTable table, string[] names, int[] columns, string expected)
    {
        var unknown = names.Index().Where(name => columns[name.Index] < 0).ToList();
        var missing = table.Columns.Where((_, index) => !columns.Contains(index)).Select(column => column.Header).ToList();
        var twice = names.Where((_, index) => columns[index] >= 0 && Array.IndexOf(columns, columns[index]) != index).ToList();
        var shown = List([.. unknown.Select(name => Shown(name.Index, name.Item))]);
        return (twice, unknown, missing) switch
        {
            ({ Count: > 0 }, _, _) => Header("duplicate-column", "A column comes twice", $"{List(twice)} comes more than once: leave one."),
            (_, [(0, var first)], []) when IsRowNumber(first) => Header(
                "extra-column",
                "The header has an extra column",
                $"{Sentence(shown)} does not belong to {table.Name}: these are probably row numbers. Write the file without them: index=False in pandas, row.names=FALSE in R."),
            (_, { Count: > 0 }, []) when unknown[0].Index == names.Length - unknown.Count && unknown.TrueForAll(name => name.Item.Length == 0) => Header(
                "extra-column",
                "The header has an extra column",
                $"The header ends with {unknown.Count} {(unknown.Count == 1 ? "comma" : "commas")} too many: remove {(unknown.Count == 1 ? "it" : "them")}, there and in the rows. Expected: {expected}."),
            (_, { Count: > 0 }, { Count: > 0 }) => Header("unknown-column", "The header has an unknown column", $"{Sentence(shown)} {Are(unknown.Count)} unknown, {List(missing)} {Are(missing.Count)} missing. Expected: {expected}."),
            (_, { Count: > 0 }, _) => Header("extra-column", "The header has an extra column", $"{Sentence(shown)} does not belong to {table.Name}: remove it. Expected: {expected}."),
            _ => Header("missing-column", "A column is missing", $"{List(missing)} {Are(missing.Count)} missing. Expected: {expected}."),
        };
    }

    /// <summary>No name is the table's.</summary>
    private static Rejection Unrecognised(LakeTable table, RowSplitter header, string[] names, ReadOnlySpan<byte> row, long line, ReadOnlySpan<byte> following, string expected)
    {
        if (names[0].StartsWith(SeparatorLine, StringComparison.OrdinalIgnoreCase))
        {
            return Encoding.UTF8.GetString(row).Trim('\r', '\n', '"')[SeparatorLine.Length..] is [var separator] && separator != ','
                ? Header("wrong-delimiter", "The columns are not separated by commas", $"The first line says that the columns are separated by {Name(separator)}: save the file with commas, and without this line.")
                : Header("preamble", "There is text before the header", "The first line is a hint for Excel (sep=): remove it.");
        }

        if (Delimiter(table, Encoding.UTF8.GetString(row), atLeast: 1) is { } delimiter)
        {
            return Header("wrong-delimiter", "The columns are not separated by commas", $"The header is separated by {Name(delimiter)}: save the file with commas.");
        }

        if (!Utf8.IsValid(row))
        {
            return Rejection.UnknownEncoding("The first line is not UTF-8.") with { Line = 1, ByteOffset = 0 };
        }

        if (row.Contains((byte)0))
        {
            return Header(ForeignFormats.Code, "The file is not CSV", $"The file is not text: its first line has NUL bytes. Export the table as CSV. Expected as first line: {expected}");
        }

        return Below(table, line + header.LineBreaks, following)
            ?? (Array.TrueForAll(names, name => name.Length == 0)
                ? Header("no-header", "There is no header", $"The first line has commas and no name. Put this line first: {expected}")
                : Header("no-header", "There is no header", $"The first line names no column of {table.Name}. Put this line first: {expected}"));
    }

    /// <summary>What a header further down says.</summary>
    /// <param name="line">The first line of <paramref name="following"/>.</param>
    private static Rejection? Below(LakeTable table, long line, ReadOnlySpan<byte> following)
    {
        var splitter = new RowSplitter();
        while (!following.IsEmpty)
        {
            // Line by line and not row by row: a quote in the text above opens nothing.
            var end = following.IndexOfAny((byte)'\n', (byte)'\r');
            var text = end < 0 ? following : following[..end];
            if (splitter.TrySplit(text, isLast: true) && splitter.Fields is > 1 and <= HeaderRow.MaxNames && HeaderRow.Names(splitter).All(name => HeaderRow.Find(table, name) >= 0))
            {
                return Header("preamble", "There is text before the header", $"The header comes only in line {line}: remove everything before it.");
            }

            if (Delimiter(table, Encoding.UTF8.GetString(text), atLeast: 2) is { } delimiter)
            {
                return Header(
                    "wrong-delimiter",
                    "The columns are not separated by commas",
                    $"The header comes only in line {line}, and is separated by {Name(delimiter)}: remove everything before it, and save the file with commas.");
            }

            following = end < 0 ? [] : following[(end + (following[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
            line++;
        }

        return null;
    }

    /// <summary>What separates a line in which so many names of the table stand, if not commas do; else null.</summary>
    private static char? Delimiter(LakeTable table, string line, int atLeast)
    {
        foreach (var delimiter in (ReadOnlySpan<char>)[';', '\t', '|'])
        {
            if (line.Contains(delimiter, StringComparison.Ordinal) && line.Split(delimiter, HeaderRow.MaxNames).Count(part => HeaderRow.Find(table, part.Trim().Trim('"')) >= 0) >= atLeast)
            {
                return delimiter;
            }
        }

        return null;
    }

    private static string Name(char delimiter) => delimiter == '\t' ? "tabs" : $"'{delimiter}'";

    private static bool IsRowNumber(string name) => name.Length == 0 || name.Equals("Unnamed: 0", StringComparison.OrdinalIgnoreCase);

    private static Rejection Header(string code, string title, string detail) => new(code, title, detail) { Line = 1, ByteOffset = 0 };

    private static string Are(int count) => count == 1 ? "is" : "are";

    private static string Sentence(string text) => text.StartsWith("the ", StringComparison.Ordinal) ? "T" + text[1..] : text;

    private static string Shown(int index, string name) => name switch
    {
        "" when index == 0 => "the first column, which has no name,",
        "" => $"the column at place {index + 1}, which has no name,",
        _ => name,
    };

    /// <summary>Names as they can be shown: cut when long, what cannot be seen written out.</summary>
    private static string List(List<string> names) =>
        string.Join(", ", names.Take(ShownNames).Select(name => WrittenOut(name.Length > LakeColumn.DefaultMaxLength ? name[..LakeColumn.DefaultMaxLength] : name)))
        + (names.Count > ShownNames ? $" and {names.Count - ShownNames} more" : "");

    private static string WrittenOut(string name) => string.Concat(name.Select(character => IsHidden(character) ? $"[{Code(character)}]" : character.ToString()));

    /// <summary>A name without what cannot be seen, and the first such character; null when there is none.</summary>
    private static (string Text, string? Hidden) Visible(string name) =>
        name.Any(IsHidden) ? (string.Concat(name.Where(character => !IsHidden(character))), Code(name.First(IsHidden))) : (name, null);

    private static bool IsHidden(char character) => char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Code(char character) => $"U+{(int)character:X4}";
}
