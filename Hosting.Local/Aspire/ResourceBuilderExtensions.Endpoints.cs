using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds an HTTP endpoint.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The public port; a free one by default.</param>
    /// <param name="targetPort">The port the process listens on whatever it is told; the public port is forwarded there.</param>
    /// <param name="name">The endpoint's name; <c>http</c> by default.</param>
    /// <param name="env">The variable that tells the process its port.</param>
    /// <param name="isProxied">Whether several replicas may share the port.</param>
    /// <exception cref="DistributedApplicationException">There is an endpoint of that name already.</exception>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation
        {
            Name = name ?? "http", Scheme = "http", Port = port, TargetPort = targetPort, EnvironmentVariable = env, IsProxied = isProxied,
        };
        if (builder.GetEndpoint(endpoint.Name).Exists)
        {
            throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' already has an endpoint '{endpoint.Name}'.");
        }

        return builder.Annotate(endpoint);
    }

    /// <summary>Marks the HTTP endpoints as meant for the world outside.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.IsHttp))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    /// <summary>Refers to an endpoint by name, before or after it is added.</summary>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => new(builder.Resource, name);

    /// <summary>Calls the resource healthy while a GET answers with the status code.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">Path of the GET; <c>/</c> by default.</param>
    /// <param name="statusCode">The code expected; 200 by default.</param>
    /// <param name="endpointName">The endpoint asked; the first HTTP endpoint by default.</param>
    /// <exception cref="DistributedApplicationException">The resource has no such endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(candidate => endpointName is null ? candidate.IsHttp : string.Equals(candidate.Name, endpointName, StringComparison.OrdinalIgnoreCase))
            ?? throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' has no HTTP endpoint{(endpointName is null ? "" : $" '{endpointName}'")} to check.");
        return builder.Annotate(new HttpHealthAnnotation(endpoint.ReferenceFrom(builder.Resource), path ?? "/", statusCode ?? 200));
    }

    /// <summary>Changes how the URL of an endpoint is shown.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(this IResourceBuilder<T> builder, string endpointName, Action<ResourceUrlAnnotation> callback)
        where T : IResource => builder.Annotate(new UrlCallbackAnnotation(endpointName, callback));
}
