using Dunnhumby.Contracts.Insights;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Versions;

internal static class VersionEndpoints
{
    internal static void MapVersions(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/version", Read.Methods, Get).WithTags("Version").WithName("GetVersion");

    /// <summary>The published version: what it was made from, its tables and what the run noticed. Version 0 when nothing was published yet.</summary>
    private static Ok<InsightsVersion> Get(PublishedVersion version) => TypedResults.Ok(version.Answer);
}
