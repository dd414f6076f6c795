using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Dashboard.Hosting;
using Dunnhumby.Hosting.Local.Engine;
using Dunnhumby.Hosting.Local.Model;
using Dunnhumby.Hosting.Local.Parameters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Describes the application, and builds it for the local engine.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly List<IResource> _model = [];
    private readonly DashboardSettings _dashboard;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var assembly = options.AssemblyName is null ? Assembly.GetEntryAssembly() : Assembly.Load(options.AssemblyName);
        AppHostDirectory = Path.GetFullPath(options.ProjectDirectory ?? ProjectDirectoryOf(assembly) ?? Directory.GetCurrentDirectory());
        _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = options.Args, ContentRootPath = AppHostDirectory });
        _host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _host.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        _host.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        Configuration.AddInMemoryCollection(
        [
            new("AppHost:Directory", AppHostDirectory),
            new("AppHost:BuildConfiguration", assembly?.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug"),
        ]);
        _dashboard = DashboardSettings.From(Configuration, options.DisableDashboard);
        // What a model reads as this program's own address is where the dashboard is today.
        Configuration["ASPNETCORE_URLS"] = _dashboard.Frontend.GetLeftPart(UriPartial.Authority);
        Parameters = new ParameterStore(new DataDirectory(Configuration));
    }

    public string AppHostDirectory { get; }

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    IReadOnlyList<IResource> IDistributedApplicationBuilder.Model => _model;

    internal ParameterStore Parameters { get; }

    /// <summary>Builds the application.</summary>
    /// <exception cref="DistributedApplicationException">The model asks for something that cannot be.</exception>
    public DistributedApplication Build()
    {
        ModelRules.Check(_model);
        _host.Services.AddSingleton<IReadOnlyList<IResource>>(_model);
        _host.Services.AddSingleton(TimeProvider.System);
        _host.Services.AddSingleton(Parameters);
        _host.Services.AddDashboard(_dashboard, Configuration, Environment.ApplicationName);
        _host.Services.AddApplicationEngine();
        return new DistributedApplication(_host.Build());
    }

    IResourceBuilder<T> IDistributedApplicationBuilder.Add<T>(T resource)
    {
        if (_model.Exists(other => string.Equals(other.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"There is already a resource named '{resource.Name}'.");
        }

        _model.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    // The AppHost's project file leaves its directory in the assembly.
    private static string? ProjectDirectoryOf(Assembly? assembly) =>
        assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => string.Equals(attribute.Key, "AppHostProjectPath", StringComparison.OrdinalIgnoreCase))?.Value;
}
