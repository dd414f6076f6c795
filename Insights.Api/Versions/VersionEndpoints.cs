using Dunnhumby.Contracts.Insights;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Versions;

internal static class VersionEndpoints
{
    internal static void MapVersions(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/version", Read.Methods, Get).WithTags("Version").WithName("GetVersion");

    [EndpointSummary("The published version: what it was made from, its tables, what the run noticed, and which figures are out of date, why and since when. Version 0 when nothing was published yet.")]
    private static Ok<InsightsVersion> Get(PublishedVersion version) => TypedResults.Ok(version.Answer);
}
