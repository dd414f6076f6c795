using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Dunnhumby.Hosting.Local.Model;

internal sealed record ResourceBuilder<T>(IDistributedApplicationBuilder ApplicationBuilder, T Resource) : IResourceBuilder<T>
    where T : IResource;
