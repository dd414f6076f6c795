namespace Dunnhumby.Benchmarks.Report;

/// <summary>Bars on a logarithmic scale: the reference project's way and ours.</summary>
internal static class ReferenceChart
{
    private const int Left = 250;
    private const int Top = 48;
    private const int Row = 26;
    private const int BarHeight = 18;
    private const double MinSeconds = 0.1;
    private const double MaxSeconds = 10_000;

    internal static string Draw(IReadOnlyList<(string Name, double Reference, double Ours)> rows)
    {
        var height = Top + (rows.Count * ((2 * Row) + 12)) + 30;
        var text = Svg.Begin(height, "Loading the files: pandas to_sql and this project, seconds (logarithmic)");
        for (var seconds = MinSeconds; seconds <= MaxSeconds; seconds *= 10)
        {
            Svg.Add(text, $"""<line class="grid" x1="{X(seconds):0.0}" x2="{X(seconds):0.0}" y1="{Top - 8}" y2="{height - 26}"/><text class="soft" x="{X(seconds):0.0}" y="{height - 10}" text-anchor="middle">{seconds:0.#}</text>""");
        }

        var y = Top;
        foreach (var (name, reference, ours) in rows)
        {
            Bar($"{name}, to_sql", reference, "peer");
            Bar($"{name}, upload", ours, "ours");
            y += 12;
        }

        return Svg.End(text);

        void Bar(string label, double seconds, string kind)
        {
            Svg.Add(text, $"""<text class="ink" x="{Left - 10}" y="{y + 13}" text-anchor="end">{label}</text><rect class="{kind}" x="{Left}" y="{y}" width="{X(seconds) - Left:0.0}" height="{BarHeight}" rx="2"/>""");
            Svg.Add(text, $"""<text class="ink" x="{X(seconds) + 6:0.0}" y="{y + 13}">{Duration(seconds)}</text>""");
            y += Row;
        }
    }

    /// <summary>Seconds, and minutes from two minutes on.</summary>
    internal static string Duration(double seconds) => seconds >= 120 ? FormattableString.Invariant($"{seconds / 60:0} min") : FormattableString.Invariant($"{seconds:0.0} s");

    private static double X(double seconds) =>
        Left + ((Math.Log10(Math.Clamp(seconds, MinSeconds, MaxSeconds)) - Math.Log10(MinSeconds)) / (Math.Log10(MaxSeconds) - Math.Log10(MinSeconds)) * (Svg.Width - Left - 60));
}
