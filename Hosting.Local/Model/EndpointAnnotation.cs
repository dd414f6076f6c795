using Aspire.Hosting.ApplicationModel;

namespace Dunnhumby.Hosting.Local.Model;

/// <summary>A port a resource listens on.</summary>
internal sealed class EndpointAnnotation : IAnnotation
{
    private int? _allocatedPort;
    private IReadOnlyList<int> _targetPorts = [];

    public required string Name { get; init; }

    public required string Scheme { get; init; }

    /// <summary>The public port the model asks for.</summary>
    public int? Port { get; init; }

    /// <summary>The port the process listens on anyway, whatever it is told.</summary>
    public int? TargetPort { get; init; }

    /// <summary>The variable that tells the process its port.</summary>
    public string? EnvironmentVariable { get; init; }

    /// <summary>Whether several replicas may share the port.</summary>
    public bool IsProxied { get; init; } = true;

    /// <summary>Whether the endpoint is meant for the world outside; matters where the application is deployed, not here.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether a launch profile brought it: then <c>ASPNETCORE_URLS</c> tells the process.</summary>
    public bool IsHttp => Scheme is "http" or "https";

    public bool IsAllocated => _allocatedPort is not null;

    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public int AllocatedPort => _allocatedPort ?? throw new InvalidOperationException($"The endpoint '{Name}' has no port yet: the application has not started.");

    /// <summary>Whether something must forward the public port to the processes' own.</summary>
    public bool NeedsProxy => _targetPorts.Count != 1 || _targetPorts[0] != AllocatedPort;

    /// <summary>The port of each replica.</summary>
    public IReadOnlyList<int> TargetPorts => _targetPorts;

    /// <exception cref="InvalidOperationException">There are several replicas, each with a port of its own.</exception>
    public int SingleTargetPort => _targetPorts.Count == 1
        ? _targetPorts[0]
        : throw new InvalidOperationException($"The endpoint '{Name}' has {_targetPorts.Count} target ports.");

    public void Allocate(int port, IReadOnlyList<int> targetPorts)
    {
        _allocatedPort = port;
        _targetPorts = targetPorts;
    }

    public string UrlOf(int replica) => $"{Scheme}://localhost:{_targetPorts[replica]}";

    public EndpointReference ReferenceFrom(IResource owner) => new(owner, Name);
}
