namespace Dunnhumby.Hosting.Local.Dashboard.Elements;

/// <summary>A colour for each resource: the same on every page, in the order in which resources are first asked for, so that few are alike.</summary>
public static class ResourceColours
{
    private const int Count = 12;

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, int> Known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A CSS value that suits both themes, such as <c>var(--resource-3)</c>.</summary>
    public static string Of(string name)
    {
        lock (Gate)
        {
            if (!Known.TryGetValue(name, out var index))
            {
                index = Known.Count % Count;
                Known.Add(name, index);
            }

            return $"var(--resource-{index})";
        }
    }
}
