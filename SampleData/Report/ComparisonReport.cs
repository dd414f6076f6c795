using System.Globalization;
using System.Text;

namespace Dunnhumby.SampleData.Report;

/// <summary>Compares a generated panel with the real sample: charts as files, figures as a table in Markdown.</summary>
internal static class ComparisonReport
{
    /// <summary>Writes <c>sample-data-*.svg</c> into a folder and returns the table.</summary>
    internal static async Task<string> WriteAsync(string folder, string realFolder, string generatedFolder, CancellationToken cancellationToken)
    {
        var sample = PanelSample.Read(realFolder);
        var real = new Marginals(sample);
        var generated = new Marginals(PanelSample.Read(generatedFolder, sample.Lines.Count));
        Directory.CreateDirectory(folder);
        foreach (var (one, other) in real.Curves().Zip(generated.Curves()))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"sample-data-{one.Name}.svg"), ComparisonChart.Draw(one, other), cancellationToken);
        }

        var rows = real.Figures().Zip(generated.Figures(), (one, other) =>
            string.Create(CultureInfo.InvariantCulture, $"| {one.Name} | {one.Value:0.####} | {other.Value:0.####} |"));
        return string.Join('\n', ["| | real sample | generated |", "|---|---:|---:|", .. rows]);
    }
}

/// <summary>Two curves as pairs of bars, in SVG.</summary>
internal static class ComparisonChart
{
    private const int Width = 640;
    private const int Height = 280;
    private const int Left = 56;
    private const int Top = 56;
    private const int Bottom = 36;
    private const int Ticks = 4;
    private const string RealColour = "#5b6b7b";
    private const string GeneratedColour = "#d9822b";

    internal static string Draw(Curve real, Curve generated)
    {
        var top = Ceiling(real.Values.Concat(generated.Values).Max());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="11" fill="#333">""").Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"""<title>{real.Title}: the real sample and the generated panel</title><rect width="{Width}" height="{Height}" fill="#fff"/>""").Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"""<text x="{Left}" y="20" font-size="14" font-weight="bold">{real.Title}</text>""").Append('\n');
        Legend(text, Left, RealColour, "real sample");
        Legend(text, Left + 110, GeneratedColour, "generated");
        Axis(text, top);
        var step = (double)(Width - Left - 12) / real.Values.Count;
        for (var index = 0; index < real.Values.Count; index++)
        {
            var x = Left + (index * step);
            Bar(text, x + (step * 0.12), step * 0.36, real.Values[index] / top, RealColour);
            Bar(text, x + (step * 0.5), step * 0.36, generated.Values[index] / top, GeneratedColour);
            text.Append(CultureInfo.InvariantCulture, $"""<text x="{x + (step / 2):0.0}" y="{Height - Bottom + 16}" text-anchor="middle">{real.Labels[index]}</text>""").Append('\n');
        }

        return text.Append("</svg>\n").ToString();
    }

    private static double Ceiling(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Math.Ceiling(value / unit * 2) / 2 * unit;
    }

    private static void Legend(StringBuilder text, int x, string colour, string name) =>
        text.Append(CultureInfo.InvariantCulture, $"""<rect x="{x}" y="30" width="10" height="10" fill="{colour}"/><text x="{x + 15}" y="39">{name}</text>""").Append('\n');

    private static void Axis(StringBuilder text, double top)
    {
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var y = Height - Bottom - ((Height - Top - Bottom) * tick / Ticks);
            text.Append(CultureInfo.InvariantCulture, $"""<line x1="{Left}" x2="{Width - 12}" y1="{y}" y2="{y}" stroke="#ddd"/>""");
            text.Append(CultureInfo.InvariantCulture, $"""<text x="{Left - 6}" y="{y + 4}" text-anchor="end">{top * tick / Ticks:0.###}</text>""").Append('\n');
        }
    }

    private static void Bar(StringBuilder text, double x, double width, double share, string colour)
    {
        var height = share * (Height - Top - Bottom);
        text.Append(CultureInfo.InvariantCulture, $"""<rect x="{x:0.0}" y="{Height - Bottom - height:0.0}" width="{width:0.0}" height="{height:0.0}" fill="{colour}"/>""").Append('\n');
    }
}

/// <summary>A marginal distribution as points.</summary>
/// <param name="Name">For file names.</param>
internal sealed record Curve(string Name, string Title, IReadOnlyList<string> Labels, IReadOnlyList<double> Values);
