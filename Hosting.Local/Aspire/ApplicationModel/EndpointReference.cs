using Dunnhumby.Hosting.Local.Model;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Refers to an endpoint by name; its port is known once the application starts.</summary>
public sealed class EndpointReference : IManifestExpressionProvider, IValueProvider, IValueWithReferences
{
    internal EndpointReference(IResource owner, string endpointName)
    {
        Owner = owner;
        EndpointName = endpointName;
    }

    public string EndpointName { get; }

    /// <summary>Whether the resource has an endpoint of this name.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether the port is known.</summary>
    public bool IsAllocated => Find() is { IsAllocated: true };

    public string Scheme => Annotation.Scheme;

    /// <summary>The public port.</summary>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public int Port => Annotation.AllocatedPort;

    /// <summary>The port the process is told to listen on, when the model fixes it.</summary>
    public int? TargetPort => Annotation.TargetPort;

    public string Host { get; } = "localhost";

    /// <summary>Such as <c>http://localhost:5100</c>.</summary>
    /// <exception cref="InvalidOperationException">The application has not started.</exception>
    public string Url => $"{Scheme}://{Host}:{Port}";

    public string ValueExpression => $"{{{Owner.Name}.bindings.{EndpointName}.url}}";

    IEnumerable<object> IValueWithReferences.References => [Owner];

    internal IResource Owner { get; }

    internal EndpointAnnotation Annotation =>
        Find() ?? throw new InvalidOperationException($"The resource '{Owner.Name}' has no endpoint '{EndpointName}'.");

    /// <summary>A part of the endpoint.</summary>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(Url);

    private EndpointAnnotation? Find() =>
        Owner.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(annotation => string.Equals(annotation.Name, EndpointName, StringComparison.OrdinalIgnoreCase));
}
