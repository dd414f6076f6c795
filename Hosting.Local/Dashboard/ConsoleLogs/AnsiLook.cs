using System.Globalization;

namespace Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

/// <summary>Colours and weights in force at a place of a line.</summary>
internal readonly record struct AnsiLook(string? Foreground, string? Background, bool Bold, bool Faint, bool Italic, bool Underline, bool Inverse)
{
    public string Classes => string.Join(' ', Names());

    public string? Style
    {
        get
        {
            var (front, back) = Inverse ? (Background, Foreground) : (Foreground, Background);
            var style = (IsRgb(front) ? $"color:{front};" : "") + (IsRgb(back) ? $"background:{back};" : "");
            return style.Length > 0 ? style : null;
        }
    }

    /// <summary>The look after a sequence of codes such as <c>1;31</c>.</summary>
    public AnsiLook With(string codes)
    {
        var look = this;
        // A colon separates parts of a colour where a semicolon may; nobody needs them told apart here.
        var numbers = codes.Split(';', ':').Select(code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : code.Length == 0 ? 0 : -1).ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] is 38 or 48)
            {
                var (colour, used) = Extended(numbers.AsSpan(i + 1));
                look = numbers[i] == 38 ? look with { Foreground = colour ?? look.Foreground } : look with { Background = colour ?? look.Background };
                i += used;
            }
            else
            {
                look = look.With(numbers[i]);
            }
        }

        return look;
    }

    private AnsiLook With(int code) => code switch
    {
        0 => default,
        1 => this with { Bold = true },
        2 => this with { Faint = true },
        3 => this with { Italic = true },
        4 => this with { Underline = true },
        7 => this with { Inverse = true },
        22 => this with { Bold = false, Faint = false },
        23 => this with { Italic = false },
        24 => this with { Underline = false },
        27 => this with { Inverse = false },
        39 => this with { Foreground = null },
        49 => this with { Background = null },
        (>= 30 and <= 37) or (>= 90 and <= 97) => this with { Foreground = $"{code}" },
        (>= 40 and <= 47) or (>= 100 and <= 107) => this with { Background = $"{code - 10}" },
        _ => this,
    };

    // 5;n is one of 256 colours, 2;r;g;b any.
    private static (string? Colour, int Used) Extended(ReadOnlySpan<int> numbers) => numbers switch
    {
        [5, >= 0 and <= 7, ..] => ($"{30 + numbers[1]}", 2),
        [5, >= 8 and <= 15, ..] => ($"{82 + numbers[1]}", 2),
        [5, >= 16 and <= 231, ..] => (Cube(numbers[1] - 16), 2),
        [5, >= 232 and <= 255, ..] => (Rgb(8 + ((numbers[1] - 232) * 10), 8 + ((numbers[1] - 232) * 10), 8 + ((numbers[1] - 232) * 10)), 2),
        [2, >= 0 and <= 255, >= 0 and <= 255, >= 0 and <= 255, ..] => (Rgb(numbers[1], numbers[2], numbers[3]), 4),
        [2, ..] => (null, Math.Min(4, numbers.Length)),
        [5, ..] => (null, Math.Min(2, numbers.Length)),
        _ => (null, 0),
    };

    private static string Cube(int index) => Rgb(Level(index / 36), Level(index / 6 % 6), Level(index % 6));

    private static int Level(int step) => step == 0 ? 0 : 55 + (step * 40);

    private static string Rgb(int red, int green, int blue) => $"#{red:x2}{green:x2}{blue:x2}";

    private static bool IsRgb(string? colour) => colour is ['#', ..];

    private IEnumerable<string> Names()
    {
        var (front, back) = Inverse ? (Background ?? "inverse", Foreground ?? "inverse") : (Foreground, Background);
        if (front is not null && !IsRgb(front))
        {
            yield return $"ansi-{front}";
        }

        if (back is not null && !IsRgb(back))
        {
            yield return $"ansi-bg-{back}";
        }

        if (Bold)
        {
            yield return "ansi-bold";
        }

        if (Faint)
        {
            yield return "ansi-faint";
        }

        if (Italic)
        {
            yield return "ansi-italic";
        }

        if (Underline)
        {
            yield return "ansi-underline";
        }
    }
}
