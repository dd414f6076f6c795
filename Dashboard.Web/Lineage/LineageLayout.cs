using Dunnhumby.Contracts.Lineage;

namespace Dunnhumby.Dashboard.Web.Lineage;

/// <summary>Where the drawing of a lineage has its boxes and lines, in units of the drawing: data sets left, then models in layers, published tables, pages right.</summary>
internal sealed record LineageLayout(IReadOnlyList<LineageBox> Boxes, IReadOnlyList<LineageLine> Lines, IReadOnlyList<LineageHeading> Headings, int Width, int Height)
{
    /// <summary>Boxes of pages are named after their address, with this in front.</summary>
    internal const string PagePrefix = "page ";

    private const int BoxWidth = 142;
    private const int BoxHeight = 26;
    private const int ColumnPitch = 176;
    private const int RowPitch = 36;
    private const int Top = 34;
    private const int Sweeps = 8;

    internal static LineageLayout Of(LineageGraph graph)
    {
        var inputs = Inputs(graph);
        var layers = Layers(graph, inputs);
        var columns = Ordered(layers, inputs);
        var rows = columns.Max(column => column.Count);
        var boxes = columns.SelectMany((column, layer) => column.Select((name, row) =>
            new LineageBox(name, layer * ColumnPitch, Top + (((rows - column.Count) * RowPitch) / 2) + (row * RowPitch), BoxWidth, BoxHeight))).ToDictionary(box => box.Name, StringComparer.Ordinal);
        LineageLine[] lines = [.. inputs.SelectMany(made => made.Value.Select(input => new LineageLine(input, made.Key, Curve(boxes[input], boxes[made.Key]))))];
        return new LineageLayout(
            [.. boxes.Values], lines, HeadingsOf(graph, layers), ((columns.Count - 1) * ColumnPitch) + BoxWidth, Top + (rows * RowPitch));
    }

    /// <summary>A table with everything that it is made from or that is made from it, through others.</summary>
    internal IReadOnlySet<string> Related(string name)
    {
        HashSet<string> related = new([name], StringComparer.Ordinal);
        Follow(line => line.From, line => line.To);
        Follow(line => line.To, line => line.From);
        return related;

        void Follow(Func<LineageLine, string> here, Func<LineageLine, string> there)
        {
            Stack<string> left = new([name]);
            HashSet<string> seen = new(StringComparer.Ordinal);
            while (left.TryPop(out var next))
            {
                foreach (var line in Lines.Where(line => string.Equals(here(line), next, StringComparison.Ordinal) && seen.Add(there(line))))
                {
                    related.Add(there(line));
                    left.Push(there(line));
                }
            }
        }
    }

    /// <summary>The published tables that a page shows, through the endpoints that it asks.</summary>
    internal static IEnumerable<string> TablesOf(ReadingPage page, LineageGraph graph) => graph.Endpoints
        .Where(endpoint => page.Endpoints.Contains(endpoint.Address, StringComparer.Ordinal))
        .SelectMany(endpoint => endpoint.Tables)
        .Distinct(StringComparer.Ordinal);

    private static Dictionary<string, IReadOnlyList<string>> Inputs(LineageGraph graph)
    {
        var known = graph.Tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = graph.Tables.ToDictionary(table => table.Name, table => table.Inputs, StringComparer.Ordinal);
        foreach (var page in graph.Pages)
        {
            // A page that shows no table has no place between them.
            if (TablesOf(page, graph).Where(known.Contains).ToList() is { Count: > 0 } tables)
            {
                inputs.Add(PagePrefix + page.Address, tables);
            }
        }

        return inputs;
    }

    private static Dictionary<string, int> Layers(LineageGraph graph, Dictionary<string, IReadOnlyList<string>> inputs)
    {
        Dictionary<string, int> layers = new(StringComparer.Ordinal);
        HashSet<string> feeding = new(StringComparer.Ordinal);
        foreach (var table in graph.Tables.Reverse().Where(table => table.Kind is LineageKinds.Table || feeding.Contains(table.Name)))
        {
            feeding.UnionWith(table.Inputs);
        }

        foreach (var table in graph.Tables.Where(table => table.Kind is not LineageKinds.Table))
        {
            layers[table.Name] = Above(table.Name);
        }

        // Published tables stand right of every model that they need, however few steps they are from the data sets.
        var published = 1 + graph.Tables.Where(table => table.Kind is not LineageKinds.Table && feeding.Contains(table.Name)).Select(table => layers[table.Name]).DefaultIfEmpty(0).Max();
        layers.Clear();
        foreach (var table in graph.Tables)
        {
            layers[table.Name] = Math.Max(Above(table.Name), table.Kind is LineageKinds.Table ? published : 0);
        }

        var last = layers.Values.DefaultIfEmpty(0).Max() + 1;
        foreach (var page in inputs.Keys.Where(name => name.StartsWith(PagePrefix, StringComparison.Ordinal)))
        {
            layers[page] = last;
        }

        return layers;

        int Above(string name) => inputs[name].Where(layers.ContainsKey).Select(input => layers[input] + 1).DefaultIfEmpty(0).Max();
    }

    /// <summary>Within each layer a box stands near those that it is joined to, so that few lines cross.</summary>
    private static List<List<string>> Ordered(Dictionary<string, int> layers, Dictionary<string, IReadOnlyList<string>> inputs)
    {
        var columns = Enumerable.Range(0, layers.Values.DefaultIfEmpty(-1).Max() + 1)
            .Select(layer => layers.Where(box => box.Value == layer).Select(box => box.Key).ToList()).ToList();
        var joined = inputs.SelectMany(made => made.Value.SelectMany(input => new[] { (made.Key, Other: input), (input, Other: made.Key) }))
            .ToLookup(pair => pair.Item1, pair => pair.Other, StringComparer.Ordinal);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var places = columns.SelectMany(column => column.Select((name, row) => (name, Place: (row + 0.5) / column.Count))).ToDictionary(box => box.name, box => box.Place, StringComparer.Ordinal);
            foreach (var column in columns)
            {
                var order = column.Select(name => (name, Near: joined[name].Select(other => places[other]).DefaultIfEmpty(places[name]).Average())).OrderBy(box => box.Near).Select(box => box.name).ToList();
                column.Clear();
                column.AddRange(order);
            }
        }

        return columns;
    }

    private static List<LineageHeading> HeadingsOf(LineageGraph graph, Dictionary<string, int> layers)
    {
        List<LineageHeading> headings = [];
        Add("Data sets", [.. graph.Tables.Where(table => table.Kind is LineageKinds.Dataset).Select(table => table.Name)]);
        Add("Models", [.. graph.Tables.Where(table => table.Kind is LineageKinds.Model && layers[table.Name] > 0).Select(table => table.Name)]);
        Add("Published tables", [.. graph.Tables.Where(table => table.Kind is LineageKinds.Table).Select(table => table.Name)]);
        Add("Pages", [.. layers.Keys.Where(name => name.StartsWith(PagePrefix, StringComparison.Ordinal))]);
        return headings;

        void Add(string text, string[] names)
        {
            if (names.Length > 0)
            {
                headings.Add(new LineageHeading(text, names.Min(name => layers[name]) * ColumnPitch));
            }
        }
    }

    private static string Curve(LineageBox from, LineageBox to)
    {
        var (x1, y1, x2, y2) = (from.X + from.Width, from.Y + (from.Height / 2), to.X, to.Y + (to.Height / 2));
        var bend = Math.Max(20, (x2 - x1) / 2);
        return FormattableString.Invariant($"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}");
    }
}

/// <summary>A table's or page's box.</summary>
internal sealed record LineageBox(string Name, int X, int Y, int Width, int Height);

/// <summary>A line from what is read to what is made from it.</summary>
/// <param name="Path">As the attribute <c>d</c> of an SVG path.</param>
internal sealed record LineageLine(string From, string To, string Path);

/// <summary>What stands above a layer.</summary>
internal sealed record LineageHeading(string Text, int X);
