using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>What the model says about resources that refer to each other.</summary>
internal static class ResourceRelations
{
    /// <summary>Everything that the resource refers to, each target once.</summary>
    public static IEnumerable<ResourceLink> Of(IResource resource) =>
        Relations(resource)
            .Where(relation => relation.Target != resource)
            .GroupBy(relation => relation.Target)
            .Select(group => new ResourceLink(resource.Name, group.Key.Name, [.. group.Select(relation => relation.Kind).Distinct(StringComparer.Ordinal)]));

    private static IEnumerable<(IResource Target, string Kind)> Relations(IResource resource)
    {
        if (resource is IResourceWithParent { Parent: { } parent })
        {
            yield return (parent, "Part of");
        }

        if (resource is ConnectionStringResource)
        {
            foreach (var target in Targets(resource))
            {
                yield return (target, "Reference");
            }
        }

        foreach (var annotation in resource.Annotations)
        {
            switch (annotation)
            {
                case ConnectionReferenceAnnotation reference:
                    yield return (reference.Source, "Reference");
                    break;
                case ServiceReferenceAnnotation reference:
                    yield return (reference.Source, "Reference");
                    break;
                case WaitAnnotation wait:
                    yield return (wait.Dependency, wait.ForCompletion ? "Wait for completion" : "Wait for");
                    break;
                case EnvironmentAnnotation { Value: { } value }:
                    foreach (var target in Targets(value))
                    {
                        yield return (target, "Environment");
                    }

                    break;
                default:
                    break;
            }
        }
    }

    // Values are made of values; at their end are resources.
    private static IEnumerable<IResource> Targets(object value) => value switch
    {
        ParameterResource parameter => [parameter],
        IValueWithReferences composed => composed.References.SelectMany(part => part is IResource resource ? [resource] : Targets(part)),
        _ => [],
    };
}
