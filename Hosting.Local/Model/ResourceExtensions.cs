using Aspire.Hosting.ApplicationModel;

namespace Dunnhumby.Hosting.Local.Model;

internal static class ResourceExtensions
{
    public static void Annotate(this IResource resource, IAnnotation annotation) => resource.Annotations.Add(annotation);

    public static IEnumerable<EndpointAnnotation> Endpoints(this IResource resource) => resource.Annotations.OfType<EndpointAnnotation>();

    public static int Replicas(this IResource resource) => resource.Annotations.Last<ReplicaAnnotation>()?.Count ?? 1;

    public static bool StartsExplicitly(this IResource resource) => resource.Annotations.Last<ExplicitStartAnnotation>() is not null;

    /// <summary>The text of a string, or of a value that is known by now.</summary>
    public static async ValueTask<string> TextAsync(this object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken) ?? string.Empty,
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(cancellationToken) ?? string.Empty,
        IFormattable formattable => formattable.ToString(null, null),
        _ => value.ToString() ?? string.Empty,
    };
}
