using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;

namespace Dunnhumby.Insights.Api.Lineage;

internal static class LineageEndpoints
{
    internal static void MapLineage(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/lineage", Read.Methods, GetAsync).WithTags("Lineage").WithName("GetLineage").WithMetadata(new ReadsRegister());

    [EndpointSummary(
        "Where the figures come from: data sets with their loads, settings, models and published tables, of every column the columns that it is made of, "
        + "and which endpoints and pages read what. Without tables when nothing was published yet.")]
    private static async Task<Ok<LineageGraph>> GetAsync(
        PublishedVersion version, LineageQueries lineage, EndpointDataSource endpoints, CancellationToken cancellationToken)
    {
        var (runId, tables) = version.Exists ? await lineage.ReadAsync(version, cancellationToken) : (null, []);
        return TypedResults.Ok(new LineageGraph(version.Answer.Version, version.Answer.PublishedAt, runId, tables, Endpoints(endpoints, version), ReadingPage.All));
    }

    /// <summary>The endpoints that say what they read: all but those of the API's reference and of health.</summary>
    private static LineageEndpoint[] Endpoints(EndpointDataSource endpoints, PublishedVersion version) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (Address: $"/{endpoint.RoutePattern.RawText?.Trim('/')}", Tables: endpoint.TablesRead(version), endpoint.Metadata))
            .Where(endpoint => endpoint.Tables is not null)
            .OrderBy(endpoint => endpoint.Address, StringComparer.Ordinal)
            .Select(endpoint => new LineageEndpoint(endpoint.Address, endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? "", endpoint.Tables ?? [])),
    ];

    /// <summary>The published tables that an endpoint reads; null when it does not say.</summary>
    internal static IReadOnlyList<string>? TablesRead(this Endpoint endpoint, PublishedVersion version)
    {
        if (endpoint.Metadata.GetMetadata<ReadsAnyTable>() is not null)
        {
            return [.. version.Tables.Select(table => table.Name)];
        }

        string[] tables =
        [
            .. endpoint.Metadata.GetOrderedMetadata<ReadsTable>().Select(reads => reads.Name),
            .. endpoint.Metadata.GetOrderedMetadata<AlsoReads>().Select(reads => reads.Name),
        ];
        return tables.Length > 0 || endpoint.Metadata.GetMetadata<ReadsRegister>() is not null ? tables : null;
    }
}
