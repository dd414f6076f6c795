using System.Globalization;
using System.Text;

namespace Dunnhumby.Dashboard.Web.Formatting;

/// <summary>Writes out what a reader would not see or be misled by: control, bidirectional, zero-width and unassigned characters.</summary>
internal static class VisibleText
{
    /// <summary>The text in pieces, invisible characters as <c>\t</c>, <c>\u202E</c> or <c>\U0010FFFF</c>.</summary>
    internal static IReadOnlyList<TextPart> Parts(string text)
    {
        List<TextPart> parts = [];
        var plain = new StringBuilder();
        for (var index = 0; index < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, index, out var rune) && IsPlain(rune))
            {
                plain.Append(text, index, rune.Utf16SequenceLength);
                index += rune.Utf16SequenceLength;
                continue;
            }

            Flush();
            // Half of a surrogate pair has no rune: its code unit is written out.
            var length = Rune.TryGetRuneAt(text, index, out var invisible) ? invisible.Utf16SequenceLength : 1;
            parts.Add(new TextPart(Escape(length == 1 ? text[index] : invisible.Value), Escaped: true));
            index += length;
        }

        Flush();
        return parts;

        void Flush()
        {
            if (plain.Length > 0)
            {
                parts.Add(new TextPart(plain.ToString(), Escaped: false));
                plain.Clear();
            }
        }
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Escape(int code) => code switch
    {
        '\t' => "\\t",
        '\r' => "\\r",
        '\n' => "\\n",
        <= 0xFFFF => $"\\u{code:X4}",
        _ => $"\\U{code:X8}",
    };
}

/// <summary>A piece of a text to show.</summary>
/// <param name="Escaped">Whether <paramref name="Text"/> is the written-out form of a character that cannot be seen.</param>
internal readonly record struct TextPart(string Text, bool Escaped);
