using Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;
using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Dashboard.Resources;
using Dunnhumby.Hosting.Local.Telemetry;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Hosting.Local.Dashboard.Hosting;

/// <summary>What the AppHost's own host needs of the dashboard; the dashboard's web application shares the stores.</summary>
internal static class DashboardServices
{
    private const string AppHostWord = "AppHost";

    public static void AddDashboard(this IServiceCollection services, DashboardSettings settings, IConfiguration configuration, string applicationName)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new ApplicationName(NameOf(applicationName)));
        services.AddTelemetryStore();
        services.Configure<TelemetryLimits>(limits => Apply(limits, configuration.GetSection("Dashboard:TelemetryLimits")));
        services.AddSingleton<ConsoleLogStore>();
        services.AddSingleton<ResourceViews>();
        services.AddSingleton<ResourceInspector>();
        services.AddSingleton<DashboardFile>();
        services.AddSingleton<DashboardBuilder>();
        services.AddHostedService<DashboardServer>();
    }

    // The names that Aspire's dashboard has for them.
    private static void Apply(TelemetryLimits limits, IConfigurationSection section)
    {
        limits.Logs = section.GetValue("MaxLogCount", limits.Logs);
        limits.Traces = section.GetValue("MaxTraceCount", limits.Traces);
        limits.PointsPerStream = section.GetValue("MaxMetricsCount", limits.PointsPerStream);
        limits.Attributes = section.GetValue("MaxAttributeCount", limits.Attributes);
        limits.TextLength = section.GetValue("MaxAttributeLength", limits.TextLength);
        limits.EventsPerSpan = section.GetValue("MaxSpanEventCount", limits.EventsPerSpan);
    }

    // Dunnhumby.AppHost is the AppHost of Dunnhumby.
    private static string NameOf(string assembly)
    {
        var name = assembly.EndsWith(AppHostWord, StringComparison.OrdinalIgnoreCase) ? assembly[..^AppHostWord.Length].TrimEnd('.', '-', '_') : assembly;
        return name.Length > 0 ? name : assembly;
    }
}
