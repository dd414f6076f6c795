namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>A resource placed in the graph.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="X">Left edge in the drawing's units.</param>
/// <param name="Y">Top edge.</param>
internal sealed record GraphNode(ResourceView Resource, int X, int Y)
{
    public const int Width = 190;
    public const int Height = 54;
}
