using System.Text;
using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks.Report;

/// <summary>Time over rows, both on logarithmic scales: a straight line that climbs one decade per decade is linear growth.</summary>
internal static class GrowthChart
{
    private const int Height = 320;
    private const int Left = 64;
    private const int Top = 64;
    private const int Right = 20;
    private const int Bottom = 48;

    /// <param name="sides">Of one row of the speed table: ours, then the peer.</param>
    internal static string Draw(string title, IReadOnlyList<GrowthResult> sides)
    {
        var text = Svg.Begin(Height, title);
        var points = sides.SelectMany(side => side.Points).ToList();
        var (minX, maxX) = (Math.Log10(points.Min(point => (double)point.Rows)) - 0.1, Math.Log10(points.Max(point => (double)point.Rows)) + 0.1);
        var (minY, maxY) = (Math.Floor(Math.Log10(points.Min(point => point.Seconds))), Math.Ceiling(Math.Log10(points.Max(point => point.Seconds))));
        for (var decade = minY; decade <= maxY; decade++)
        {
            var y = Y(decade);
            Svg.Add(text, $"""<line class="grid" x1="{Left}" x2="{Svg.Width - Right}" y1="{y:0.0}" y2="{y:0.0}"/><text class="soft" x="{Left - 8}" y="{y + 4:0.0}" text-anchor="end">{Math.Pow(10, decade):0.###} s</text>""");
        }

        foreach (var point in sides[0].Points)
        {
            Svg.Add(text, $"""<text class="soft" x="{X(point):0.0}" y="{Height - Bottom + 18}" text-anchor="middle">{point.Rows:#,0}</text>""");
        }

        Svg.Add(text, $"""<text class="soft" x="{Svg.Width - Right}" y="{Height - 10}" text-anchor="end">rows</text>""");
        for (var index = 0; index < sides.Count; index++)
        {
            Side(text, sides[index], index == 0 ? "ours" : "peer", 16 + (index * 330));
        }

        return Svg.End(text);

        double X(GrowthPoint point) => Left + ((Math.Log10(point.Rows) - minX) / (maxX - minX) * (Svg.Width - Left - Right));

        double Y(double decade) => Height - Bottom - ((decade - minY) / (maxY - minY) * (Height - Top - Bottom));

        void Side(StringBuilder svg, GrowthResult side, string kind, int legend)
        {
            Svg.Add(svg, $"""<circle class="{kind}" cx="{legend + 5}" cy="42" r="5"/><text class="ink" x="{legend + 16}" y="46">{side.Name}: time ≈ rows^{side.Exponent:0.00}</text>""");
            var line = string.Join(' ', side.Points.Select(point => FormattableString.Invariant($"{X(point):0.0},{Y(Math.Log10(point.Seconds)):0.0}")));
            Svg.Add(svg, $"""<polyline class="{kind}" style="fill: none" stroke-width="2" points="{line}"/>""");
            foreach (var point in side.Points)
            {
                Svg.Add(svg, $"""<circle class="{kind}" cx="{X(point):0.0}" cy="{Y(Math.Log10(point.Seconds)):0.0}" r="4"/>""");
            }
        }
    }
}
