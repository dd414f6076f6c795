using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Describes the application.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>The AppHost's project directory, which paths are relative to.</summary>
    string AppHostDirectory { get; }

    ConfigurationManager Configuration { get; }

    IHostEnvironment Environment { get; }

    internal IReadOnlyList<IResource> Model { get; }

    DistributedApplication Build();

    internal IResourceBuilder<T> Add<T>(T resource)
        where T : IResource;
}
