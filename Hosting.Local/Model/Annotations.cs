using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Projects;

namespace Dunnhumby.Hosting.Local.Model;

/// <summary>A variable of the process; the value is a string or an <see cref="IValueProvider"/>.</summary>
internal sealed record EnvironmentAnnotation(string Name, object Value) : IAnnotation;

/// <summary>Arguments of the process, each a string or an <see cref="IValueProvider"/>.</summary>
internal sealed record ArgumentsAnnotation(IReadOnlyList<object> Arguments) : IAnnotation;

/// <summary>A reference to a connection string.</summary>
internal sealed record ConnectionReferenceAnnotation(IResourceWithConnectionString Source, string ConnectionName, bool Optional) : IAnnotation;

/// <summary>A reference to endpoints: all of a resource, or one.</summary>
internal sealed record ServiceReferenceAnnotation(IResource Source, string Name, string? EndpointName) : IAnnotation;

/// <summary>What must happen to another resource before this one starts.</summary>
internal sealed record WaitAnnotation(IResource Dependency, bool ForCompletion, int ExitCode = 0) : IAnnotation;

internal sealed record ReplicaAnnotation(int Count) : IAnnotation;

/// <summary>Not started with the application, only by command.</summary>
internal sealed record ExplicitStartAnnotation : IAnnotation;

/// <summary>Keeps a server's data under a name.</summary>
internal sealed record VolumeAnnotation(string Name) : IAnnotation;

internal sealed record UrlCallbackAnnotation(string EndpointName, Action<ResourceUrlAnnotation> Callback) : IAnnotation;

internal sealed record CommandAnnotation(
    string Name, string DisplayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> Execute, CommandOptions Options) : IAnnotation;

/// <summary>A GET that must answer with the status code.</summary>
internal sealed record HttpHealthAnnotation(EndpointReference Endpoint, string Path, int StatusCode) : IAnnotation;

/// <summary>Where a project's file and launch profile are.</summary>
internal sealed record ProjectAnnotation(string ProjectFile, LaunchProfile? Profile) : IAnnotation;
