namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>Whether two views look the same; a record compares its lists by reference.</summary>
internal sealed class ResourceViewComparer : IEqualityComparer<ResourceView>
{
    public static ResourceViewComparer Instance { get; } = new();

    public bool Equals(ResourceView? x, ResourceView? y) =>
        x is null || y is null
            ? ReferenceEquals(x, y)
            : x.WaitsFor.SequenceEqual(y.WaitsFor, StringComparer.Ordinal)
                && x.Urls.SequenceEqual(y.Urls)
                && x.Commands.SequenceEqual(y.Commands)
                && x with { WaitsFor = [], Urls = [], Commands = [] } == y with { WaitsFor = [], Urls = [], Commands = [] };

    public int GetHashCode(ResourceView obj) => StringComparer.Ordinal.GetHashCode(obj.Id);
}
