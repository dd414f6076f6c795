namespace Aspire.Hosting.ApplicationModel;

/// <summary>A URL shown for a resource.</summary>
public sealed class ResourceUrlAnnotation
{
    public required string Url { get; set; }

    /// <summary>Shown instead of the URL.</summary>
    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }
}
