using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Dashboard.Signals;

/// <summary>What a page's choice of resource offers.</summary>
internal static class ResourceChoices
{
    /// <summary>Every name; where several processes share one, also the id of each.</summary>
    public static IReadOnlyList<string> Of(ResourceDirectory resources) =>
    [
        .. resources.List()
            .GroupBy(resource => resource.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(group => group.Count() == 1 ? [group.Key] : group.Select(resource => resource.Id).Prepend(group.Key)),
    ];
}
