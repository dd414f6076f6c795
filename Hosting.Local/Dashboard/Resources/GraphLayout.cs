namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>
/// Places resources in columns: what refers to nothing at the left, everything else one column right of the furthest thing it refers to, so that every line
/// leads from right to left.
/// </summary>
internal sealed class GraphLayout
{
    private const int ColumnGap = 90;
    private const int RowGap = 26;
    private const int Margin = 20;

    private readonly Dictionary<string, IReadOnlyList<string>> _references;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="resources">What to place.</param>
    /// <param name="referencesOf">Names that a resource refers to.</param>
    public GraphLayout(IReadOnlyList<ResourceView> resources, Func<string, IEnumerable<string>> referencesOf)
    {
        var names = resources.Select(resource => resource.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _references = names.ToDictionary(
            name => name, IReadOnlyList<string> (name) => [.. referencesOf(name).Where(names.Contains).Distinct(StringComparer.OrdinalIgnoreCase)], StringComparer.OrdinalIgnoreCase);
        Nodes = [.. resources.GroupBy(resource => ColumnOf(resource.Name, [])).SelectMany(column => column.Select((resource, row) => new GraphNode(
            resource, Margin + (column.Key * (GraphNode.Width + ColumnGap)), Margin + (row * (GraphNode.Height + RowGap)))))];
        Lines =
        [
            .. from node in Nodes
               from reference in _references[node.Resource.Name]
               from target in Nodes
               where string.Equals(target.Resource.Name, reference, StringComparison.OrdinalIgnoreCase)
               select (node, target),
        ];
    }

    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>From the one that refers to the one it refers to.</summary>
    public IReadOnlyList<(GraphNode From, GraphNode To)> Lines { get; }

    public int Width => Nodes.Count == 0 ? 0 : Nodes.Max(node => node.X) + GraphNode.Width + Margin;

    public int Height => Nodes.Count == 0 ? 0 : Nodes.Max(node => node.Y) + GraphNode.Height + Margin;

    /// <param name="name">A resource.</param>
    /// <param name="path">What led here: a circle of references ends where it began.</param>
    private int ColumnOf(string name, HashSet<string> path)
    {
        if (_columns.TryGetValue(name, out var known))
        {
            return known;
        }

        path.Add(name);
        var column = _references[name].Where(reference => !path.Contains(reference)).Select(reference => ColumnOf(reference, path) + 1).DefaultIfEmpty().Max();
        path.Remove(name);
        return _columns[name] = column;
    }
}
