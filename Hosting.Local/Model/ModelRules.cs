using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Dunnhumby.Hosting.Local.Model;

/// <summary>What the API lets one say but the engine cannot do is refused, never ignored.</summary>
internal static class ModelRules
{
    /// <exception cref="DistributedApplicationException">A rule is broken.</exception>
    public static void Check(IReadOnlyList<IResource> model)
    {
        foreach (var resource in model)
        {
            if (resource.StartsExplicitly() && resource is IResourceWithParent or ConnectionStringResource or ParameterResource)
            {
                throw new DistributedApplicationException($"'{resource.Name}' is not a process, so it cannot be started explicitly.");
            }

            if (resource.Replicas() > 1 && resource.Endpoints().FirstOrDefault(endpoint => !endpoint.IsProxied || endpoint.TargetPort is not null) is { } endpoint)
            {
                throw new DistributedApplicationException($"The replicas of '{resource.Name}' cannot share the endpoint '{endpoint.Name}': it is not proxied, or its target port is fixed.");
            }

            foreach (var callback in resource.Annotations.OfType<UrlCallbackAnnotation>())
            {
                if (!resource.Endpoints().Any(candidate => string.Equals(candidate.Name, callback.EndpointName, StringComparison.OrdinalIgnoreCase)))
                {
                    throw new DistributedApplicationException($"'{resource.Name}' has no endpoint '{callback.EndpointName}' to show a URL for.");
                }
            }
        }

        foreach (var resource in model)
        {
            CheckCycle(resource, []);
        }
    }

    private static void CheckCycle(IResource resource, IReadOnlyList<IResource> waiters)
    {
        if (waiters.Contains(resource))
        {
            throw new DistributedApplicationException($"Resources wait for each other: {string.Join(" → ", waiters.Append(resource).Select(member => member.Name))}.");
        }

        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            CheckCycle(wait.Dependency, [.. waiters, resource]);
        }
    }
}
