using Dunnhumby.Contracts.Insights;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Orphans;

internal static class OrphanEndpoints
{
    private const string Table = "orphans";

    internal static void MapOrphans(this IEndpointRouteBuilder routes) => routes.MapMethods("/orphans", Read.Methods, ListAsync)
        .WithTags("Orphans").WithName("ListOrphans").WithMetadata(new ReadsTable(Table)).ProducesProblem(StatusCodes.Status404NotFound);

    [EndpointSummary(
        "Rows of the eight tables that point at nothing, such as a product that product.csv does not have: per reference their number, examples and loads. "
        + "They are loaded all the same, since files may come in any order. Empty when nothing was published yet.")]
    private static async Task<Results<Ok<IReadOnlyList<OrphanReference>>, ProblemHttpResult>> ListAsync(
        PublishedVersion version, OrphanQueries orphans, CancellationToken cancellationToken)
    {
        if (!version.Exists)
        {
            return TypedResults.Ok<IReadOnlyList<OrphanReference>>([]);
        }

        // A version from before orphans were counted.
        return version.Answer.Tables.Any(table => string.Equals(table.Name, Table, StringComparison.Ordinal))
            ? TypedResults.Ok(await orphans.ListAsync(version, cancellationToken))
            : ReadProblems.UnknownTable(Table, version.Answer.Tables.Select(table => table.Name));
    }
}
