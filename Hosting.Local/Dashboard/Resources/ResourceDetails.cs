using Dunnhumby.Hosting.Local.Dashboard.Elements;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>Everything there is to know about one instance of a resource.</summary>
/// <param name="Resource">What the list says.</param>
/// <param name="Properties">Facts by name.</param>
/// <param name="References">What it refers to.</param>
/// <param name="BackReferences">What refers to it.</param>
/// <param name="HealthChecks">Its checks with their last result.</param>
/// <param name="Environment">The variables its process gets, all masked.</param>
/// <param name="EnvironmentProblem">Why there is no environment to show.</param>
public sealed record ResourceDetails(
    ResourceView Resource,
    IReadOnlyList<PropertyItem> Properties,
    IReadOnlyList<ResourceLink> References,
    IReadOnlyList<ResourceLink> BackReferences,
    IReadOnlyList<ResourceHealthCheck> HealthChecks,
    IReadOnlyList<PropertyItem> Environment,
    string? EnvironmentProblem);
