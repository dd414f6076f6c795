using System.Globalization;
using System.Text;

namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>SVG path data, coordinates with one decimal.</summary>
internal static class PathData
{
    /// <summary>A line through the points.</summary>
    internal static string Line(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));
        }

        return path.ToString();
    }

    /// <summary>The surface between the points and a base line; empty without points.</summary>
    internal static string Area(IReadOnlyList<(double X, double Y)> points, double baseline) => points.Count == 0
        ? ""
        : $"{Line(points)}L{Number(points[^1].X)} {Number(baseline)}L{Number(points[0].X)} {Number(baseline)}Z";

    /// <summary>Rectangles as one path: far fewer elements than one each.</summary>
    internal static string Rectangles(IEnumerable<(double X, double Y, double Width, double Height)> rectangles)
    {
        var path = new StringBuilder();
        foreach (var (x, y, width, height) in rectangles)
        {
            path.Append('M').Append(Number(x)).Append(' ').Append(Number(y))
                .Append('h').Append(Number(width)).Append('v').Append(Number(height)).Append('h').Append(Number(-width)).Append('z');
        }

        return path.ToString();
    }

    /// <summary>A coordinate as markup writes it.</summary>
    internal static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
