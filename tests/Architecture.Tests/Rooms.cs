namespace Dunnhumby.Architecture.Tests;

/// <summary>
/// The rooms of a project, which are the folders below its root (as namespaces say them), and who knows whom. The root itself is no room: it puts the rooms together.
/// </summary>
internal sealed class Rooms
{
    /// <summary>Per room those that it knows, each with a type that shows it.</summary>
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _known = new(StringComparer.Ordinal);

    private Rooms(IEnumerable<Reference> references, string root)
    {
        foreach (var (user, used, isOwn) in references)
        {
            if (isOwn && RoomOf(user, root) is { } from && RoomOf(used, root) is { } to && !string.Equals(from, to, StringComparison.Ordinal))
            {
                if (!_known.TryGetValue(from, out var known))
                {
                    _known[from] = known = new(StringComparer.Ordinal);
                }

                known.TryAdd(to, $"{user.Name} names {used.Name}");
            }
        }
    }

    /// <summary>Of a compiled project.</summary>
    /// <param name="root">The namespace whose folders are the rooms; by default the name of the assembly.</param>
    internal static Rooms Of(string assembly, string? root = null) => new(CompiledCode.ReferencesIn(assembly), root ?? Path.GetFileNameWithoutExtension(assembly));

    /// <summary>How many arrows there are between rooms.</summary>
    internal int Arrows => _known.Values.Sum(known => known.Count);

    /// <summary>The shortest way from a room over others back to it, such as <c>A → B (X names Y) → A (Y names X)</c>; null when there is none from any room.</summary>
    internal string? Circle() => _known.Keys.Select(WayBackTo).OfType<List<string>>().MinBy(way => way.Count) is { } way
        ? way[0] + string.Concat(way.Zip(way.Skip(1), (from, to) => $" → {to} ({_known[from][to]})"))
        : null;

    private List<string>? WayBackTo(string room)
    {
        Dictionary<string, string> cameFrom = new(StringComparer.Ordinal);
        Queue<string> next = new([room]);
        while (next.TryDequeue(out var at))
        {
            foreach (var to in _known.GetValueOrDefault(at)?.Keys ?? Enumerable.Empty<string>())
            {
                if (cameFrom.TryAdd(to, at))
                {
                    next.Enqueue(to);
                }
            }
        }

        if (!cameFrom.ContainsKey(room))
        {
            return null;
        }

        List<string> way = [room];
        do
        {
            way.Insert(0, cameFrom[way[0]]);
        }
        while (!string.Equals(way[0], room, StringComparison.Ordinal));
        return way;
    }

    private static string? RoomOf(TypeName type, string root) =>
        type.Namespace.StartsWith(root + ".", StringComparison.Ordinal) ? type.Namespace[(root.Length + 1)..].Split('.')[0] : null;
}
