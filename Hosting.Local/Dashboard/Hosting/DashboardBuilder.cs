using Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;
using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Dashboard.Layout;
using Dunnhumby.Hosting.Local.Dashboard.Resources;
using Dunnhumby.Hosting.Local.Dashboard.Security;
using Dunnhumby.Hosting.Local.Parameters;
using Dunnhumby.Hosting.Local.Telemetry;
using Dunnhumby.Hosting.Local.Telemetry.Api;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Radzen;

namespace Dunnhumby.Hosting.Local.Dashboard.Hosting;

/// <summary>Puts the dashboard together: its pages, the JSON API and the OTLP receiver, each on its port.</summary>
internal sealed class DashboardBuilder(
    DashboardSettings settings,
    TelemetryStore store,
    IOptions<TelemetryLimits> limits,
    ConsoleLogStore consoleLogs,
    ResourceViews resources,
    ResourceInspector inspector,
    ApplicationName name,
    ParameterStore parameters,
    TimeProvider time,
    IHostEnvironment environment)
{
    public WebApplication Build()
    {
        // Nothing of the AppHost's own configuration (URLs, logging, static files) may leak in: everything here is said in code.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardBuilder).Assembly.GetName().Name,
            EnvironmentName = environment.EnvironmentName,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            DashboardListeners.Configure(kestrel, settings);
        });
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        AddServices(builder.Services);

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseSecurityHeaders();
        app.UseReceiverPorts(settings);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new AssetFiles(),
            OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
                context.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapOtlp();
        app.MapTelemetryApi().AllowAnonymous();
        app.MapLogin();
        app.MapConsoleDownload();
        app.MapRazorComponents<App>()
            // The policy of UseSecurityHeaders says frame-ancestors 'none'; the framework's own header would say 'self'.
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    private void AddServices(IServiceCollection services)
    {
        services.AddSingleton(settings);
        services.AddSingleton(store);
        services.AddSingleton(limits);
        services.AddSingleton(consoleLogs);
        services.AddSingleton(resources);
        services.AddSingleton<IApplicationResources, ResourceStates>();
        services.AddSingleton(inspector);
        services.AddSingleton(name);
        services.AddSingleton(time);
        services.AddRoutingCore();
        services.AddOtlpReceiver(options => options.ApiKey = settings.OtlpApiKey);
        services.AddTelemetryApi(options => options.ApiKey = settings.ApiKey);
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddBrowserLogin(settings);
        // Kept with the data, so that a restarted AppHost knows the browsers that logged in before.
        services.AddDataProtection().SetApplicationName("dashboard").PersistKeysToFileSystem(Directory.CreateDirectory(
            Path.Combine(parameters.Directory.Root, "dashboard-keys"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        services.Configure<HostFilteringOptions>(options => options.AllowedHosts = DashboardListeners.Hosts(settings.Frontend));
        services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
    }
}
