using System.Globalization;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>Places boxes in columns, each to the right of all it refers to, and draws the arrows from right to left.</summary>
internal sealed record GraphLayout(IReadOnlyList<GraphLayout.Box> Boxes, IReadOnlyList<GraphLayout.Edge> Edges, int Width, int Height)
{
    public const int BoxWidth = 200;
    public const int BoxHeight = 52;

    private const int ColumnGap = 90;
    private const int RowGap = 22;
    private const int Margin = 8;

    public static GraphLayout Of(IReadOnlyList<ResourceView> resources, IReadOnlyList<ResourceLink> links)
    {
        // Replicas share their references: the arrows end at the first.
        var byName = resources.GroupBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        var shown = links.Where(link => byName.ContainsKey(link.From) && byName.ContainsKey(link.To)).ToArray();
        var columns = byName.Keys.ToDictionary(name => name, name => Depth(name, shown, []), StringComparer.OrdinalIgnoreCase);
        List<Box> boxes = [];
        foreach (var column in resources.GroupBy(resource => columns[resource.Name]).OrderBy(group => group.Key))
        {
            boxes.AddRange(column.Select((resource, row) => new Box(resource, Margin + (column.Key * (BoxWidth + ColumnGap)), Margin + (row * (BoxHeight + RowGap)))));
        }

        var places = boxes.GroupBy(box => box.Resource.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        var edges = shown.Select(link => new Edge(link, PathOf(places[link.From], places[link.To]))).ToArray();
        return new GraphLayout(
            boxes,
            edges,
            boxes.Count == 0 ? 0 : boxes.Max(box => box.X) + BoxWidth + Margin,
            boxes.Count == 0 ? 0 : boxes.Max(box => box.Y) + BoxHeight + Margin);
    }

    // References may be mutual (each needs the other's address): a way back is not followed.
    private static int Depth(string name, IReadOnlyList<ResourceLink> links, IReadOnlyList<string> path) =>
        path.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? -1
            : links.Where(link => string.Equals(link.From, name, StringComparison.OrdinalIgnoreCase))
                .Select(link => Depth(link.To, links, [.. path, name]) + 1)
                .DefaultIfEmpty(0)
                .Max();

    private static string PathOf(Box from, Box to)
    {
        var (startX, startY) = (from.X, from.Y + (BoxHeight / 2));
        var (endX, endY) = (to.X + BoxWidth + 2, to.Y + (BoxHeight / 2));
        var bend = Math.Max(30, Math.Abs(startX - endX) / 2);
        return string.Create(CultureInfo.InvariantCulture, $"M{startX} {startY}C{startX - bend} {startY} {endX + bend} {endY} {endX} {endY}");
    }

    internal sealed record Box(ResourceView Resource, int X, int Y);

    internal sealed record Edge(ResourceLink Link, string Path);
}
