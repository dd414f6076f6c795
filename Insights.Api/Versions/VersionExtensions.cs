using Dunnhumby.Contracts.Insights;
using Dunnhumby.ServiceDefaults.Messaging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Versions;

internal static class VersionExtensions
{
    internal static void AddVersions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<VersionQueries>();
        builder.Services.AddSingleton<CurrentVersion>();
        builder.Services.AddSingleton<FormerVersions>();
        builder.Services.AddSingleton<VersionListQueries>();
        builder.Services.AddHostedService<VersionWatcher>();
        builder.AddMessaging(bus =>
        {
            bus.AddConsumer<InsightsPublishedConsumer, InsightsPublishedConsumerDefinition>();
            // Without the broker reads go on and polling finds new versions: degraded, not down.
            bus.WorksWithoutBroker();
        });
    }
}

internal static class VersionEndpoints
{
    internal static void MapVersions(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/version", Read.Methods, Get).WithTags("Version").WithName("GetVersion").WithMetadata(new ReadsRegister());

    [EndpointSummary("The published version: what it was made from, its tables, what the run noticed, and which figures are out of date, why and since when. Version 0 when nothing was published yet.")]
    private static Ok<InsightsVersion> Get(PublishedVersion version) => TypedResults.Ok(version.Answer);
}
