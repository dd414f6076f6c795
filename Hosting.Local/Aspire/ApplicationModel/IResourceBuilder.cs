namespace Aspire.Hosting.ApplicationModel;

/// <summary>Configures one resource; what can be configured are extension methods.</summary>
public interface IResourceBuilder<out T>
    where T : IResource
{
    IDistributedApplicationBuilder ApplicationBuilder { get; }

    T Resource { get; }
}
