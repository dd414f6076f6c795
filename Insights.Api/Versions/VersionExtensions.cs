using Dunnhumby.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dunnhumby.Insights.Api.Versions;

internal static class VersionExtensions
{
    internal static void AddVersions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<VersionQueries>();
        builder.Services.AddSingleton<CurrentVersion>();
        builder.Services.AddHostedService<VersionWatcher>();
        builder.AddMessaging(bus =>
        {
            bus.AddConsumer<InsightsPublishedConsumer, InsightsPublishedConsumerDefinition>();
            // Without the broker reads go on and polling finds new versions: degraded, not down.
            bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
        });
    }
}
