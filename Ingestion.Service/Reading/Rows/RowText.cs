using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>Checks the bytes of a row, and shows them.</summary>
internal static class RowText
{
    /// <summary>Longest raw text that is kept of a row, in UTF-16 code units.</summary>
    internal const int ShownCharacters = 4_096;

    /// <summary>What may stand around a number or a code and is no part of it. Text keeps its own.</summary>
    internal static ReadOnlySpan<byte> Padding => " \t"u8;

    /// <summary>U+FFFD in UTF-8: in transcoded text it stands for what was not valid UTF-16.</summary>
    private static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    /// <summary>What is wrong with the bytes of a row whatever its columns.</summary>
    internal static RowFault? Fault(ReadOnlySpan<byte> row, bool isTranscoded)
    {
        if (row.Contains((byte)0))
        {
            return new RowFault(Reasons.NulByte, Column: null, "The row has a NUL byte. Remove it.");
        }

        var isValid = isTranscoded ? row.IndexOf(Replacement) < 0 : Utf8.IsValid(row);
        return isValid ? null : new RowFault(Reasons.InvalidUtf8, Column: null, "The row has bytes that are not valid text. Save the file as UTF-8.");
    }

    /// <summary>The row as text that Postgres can store: invalid bytes and NUL as U+FFFD, cut when too long.</summary>
    internal static RawRow Show(ReadOnlySpan<byte> row)
    {
        // No character takes more than four bytes, and no four bytes are more than two code units.
        var text = Encoding.UTF8.GetString(row[..Math.Min(row.Length, ShownCharacters * 4)]).Replace('\0', '\uFFFD');
        if (text.Length <= ShownCharacters)
        {
            return new RawRow(text, IsCut: false);
        }

        return new RawRow(text[..(char.IsHighSurrogate(text[ShownCharacters - 1]) ? ShownCharacters - 1 : ShownCharacters)], IsCut: true);
    }
}

/// <summary>A row as it is kept to be shown.</summary>
/// <param name="IsCut">Whether <paramref name="Text"/> is only its beginning.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RawRow(string Text, bool IsCut);
