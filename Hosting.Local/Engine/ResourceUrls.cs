using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>The public URLs of a resource, as the model wants them shown.</summary>
internal static class ResourceUrls
{
    public static IEnumerable<ResourceUrlAnnotation> Of(ResourceInstance instance)
    {
        foreach (var endpoint in instance.Resource.Endpoints())
        {
            var reference = endpoint.ReferenceFrom(instance.Resource);
            var url = new ResourceUrlAnnotation { Url = reference.Url, Endpoint = reference };
            foreach (var callback in instance.Resource.Annotations.OfType<UrlCallbackAnnotation>()
                .Where(callback => string.Equals(callback.EndpointName, endpoint.Name, StringComparison.OrdinalIgnoreCase)))
            {
                callback.Callback(url);
            }

            yield return url;
        }
    }
}
