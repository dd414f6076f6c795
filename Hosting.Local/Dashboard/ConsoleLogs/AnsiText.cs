using System.Text;

namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>
/// Reads what programs write to terminals. Colours and weights (CSI … m) are kept; every other control sequence is dropped and other control
/// characters, also those that change the direction of text, are made visible, so that a line can neither hide nor forge anything.
/// </summary>
internal static class AnsiText
{
    private const char Escape = '\u001b';
    private const char Bell = '\u0007';

    /// <summary>The line in pieces, each of one look.</summary>
    public static IReadOnlyList<AnsiSpan> Parse(string line)
    {
        List<AnsiSpan> spans = [];
        var look = new AnsiLook();
        var text = new StringBuilder();
        for (var i = 0; i < line.Length;)
        {
            if (line[i] is not (Escape or '\u009b'))
            {
                AppendVisible(text, line[i++]);
                continue;
            }

            var (end, codes) = Sequence(line, i);
            if (codes is not null)
            {
                Flush(spans, text, look);
                look = look.With(codes);
            }

            i = end;
        }

        Flush(spans, text, look);
        return spans;
    }

    /// <summary>The line without control sequences.</summary>
    public static string Plain(string line) => string.Concat(Parse(line).Select(span => span.Text));

    /// <summary>Where the sequence at <paramref name="start"/> ends; its codes when it is one of colours and weights.</summary>
    private static (int End, string? Codes) Sequence(string line, int start)
    {
        var isCsi = line[start] == '\u009b' || (start + 1 < line.Length && line[start + 1] == '[');
        if (isCsi)
        {
            var body = start + (line[start] == Escape ? 2 : 1);
            var end = body;
            while (end < line.Length && line[end] is >= '\u0020' and <= '\u003f')
            {
                end++;
            }

            return end < line.Length ? (end + 1, line[end] == 'm' ? line[body..end] : null) : (end, null);
        }

        if (start + 1 < line.Length && line[start + 1] is ']' or 'P' or '_' or '^' or 'X')
        {
            // Titles, links and other strings end with a bell or ESC \; without an end they swallow the rest of the line.
            for (var i = start + 2; i < line.Length; i++)
            {
                if (line[i] == Bell)
                {
                    return (i + 1, null);
                }

                if (line[i] == Escape && i + 1 < line.Length && line[i + 1] == '\\')
                {
                    return (i + 2, null);
                }
            }

            return (line.Length, null);
        }

        return (Math.Min(start + 2, line.Length), null);
    }

    private static void AppendVisible(StringBuilder text, char character)
    {
        if (character == '\t')
        {
            text.Append("    ");
        }
        else if (character < ' ')
        {
            // The control pictures block has a picture for each.
            text.Append((char)('\u2400' + character));
        }
        else if (char.IsControl(character) || character is (>= '\u200b' and <= '\u200f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff')
        {
            text.Append($"\\u{(int)character:x4}");
        }
        else
        {
            text.Append(character);
        }
    }

    private static void Flush(List<AnsiSpan> spans, StringBuilder text, AnsiLook look)
    {
        if (text.Length > 0)
        {
            spans.Add(new AnsiSpan(text.ToString(), look.Classes, look.Style));
            text.Clear();
        }
    }
}
