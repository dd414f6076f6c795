using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Aspire.Hosting;

/// <summary>Configures resources.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Sets a variable of the process.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.Annotate(new EnvironmentAnnotation(name, value ?? string.Empty));

    /// <summary>Sets a variable of the process to an interpolated string such as <c>$"{endpoint}/v1"</c>.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder, string name, in ReferenceExpression.ExpressionInterpolatedStringHandler value)
        where T : IResourceWithEnvironment => builder.Annotate(new EnvironmentAnnotation(name, ReferenceExpression.Create(value)));

    /// <summary>Sets a variable of the process to an expression.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithEnvironment => builder.Annotate(new EnvironmentAnnotation(name, value));

    /// <summary>Sets a variable of the process to the URL of an endpoint.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, EndpointReference endpointReference)
        where T : IResourceWithEnvironment => builder.Annotate(new EnvironmentAnnotation(name, endpointReference));

    /// <summary>Sets a variable of the process to the value of a parameter.</summary>
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment => builder.Annotate(new EnvironmentAnnotation(name, parameter.Resource));

    /// <summary>Appends arguments to the command line.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs => builder.Annotate(new ArgumentsAnnotation(args));

    /// <summary>Appends arguments to the command line: strings, and values that are known once the application starts.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params object[] args)
        where T : IResourceWithArgs => builder.Annotate(new ArgumentsAnnotation(args));

    /// <summary>Hands over a connection string as <c>ConnectionStrings__name</c>, and its parts as variables that start with the name.</summary>
    /// <param name="builder">Who gets it.</param>
    /// <param name="source">Whose connection string.</param>
    /// <param name="connectionName">The name it goes by there; the resource's by default.</param>
    /// <param name="optional">Whether a missing connection string is no error.</param>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false)
        where TDestination : IResourceWithEnvironment =>
        builder.Annotate(new ConnectionReferenceAnnotation(source.Resource, connectionName ?? source.Resource.Name, optional));

    /// <summary>Hands over every endpoint of a resource as <c>services__name__endpoint__0</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.Annotate(new ServiceReferenceAnnotation(source.Resource, source.Resource.Name, null));

    /// <summary>Hands over one endpoint as <c>services__name__endpoint__0</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment =>
        builder.Annotate(new ServiceReferenceAnnotation(endpointReference.Owner, endpointReference.Owner.Name, endpointReference.EndpointName));

    /// <summary>Starts only when the dependency runs, is healthy and is ready.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.Annotate(new WaitAnnotation(dependency.Resource, ForCompletion: false));

    /// <summary>Starts only when the dependency has ended with the exit code.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport => builder.Annotate(new WaitAnnotation(dependency.Resource, ForCompletion: true, exitCode));

    /// <summary>Does not start with the application, only by command.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.Annotate(new ExplicitStartAnnotation());

    /// <summary>Adds a command to the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">Identifies the command.</param>
    /// <param name="displayName">Presents the command.</param>
    /// <param name="executeCommand">Does it.</param>
    /// <param name="commandOptions">How it is presented.</param>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder,
        string name,
        string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource => builder.Annotate(new CommandAnnotation(name, displayName, executeCommand, commandOptions ?? new CommandOptions()));

    private static IResourceBuilder<T> Annotate<T>(this IResourceBuilder<T> builder, IAnnotation annotation)
        where T : IResource
    {
        builder.Resource.Annotate(annotation);
        return builder;
    }
}
