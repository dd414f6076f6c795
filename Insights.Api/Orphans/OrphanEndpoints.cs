using System.Text.Json;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Reference;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Dunnhumby.Insights.Api.Orphans;

internal static class OrphanEndpoints
{
    private const string Table = "orphans";

    internal static void MapOrphans(this IEndpointRouteBuilder routes) => routes.MapMethods("/orphans", Read.Methods, ListAsync)
        .WithTags("Orphans").WithName("ListOrphans").WithMetadata(new ReadsTable(Table)).AnswersInForms<OrphanReference>().ProducesProblem(StatusCodes.Status404NotFound);

    [EndpointSummary(
        "Rows of the eight tables that point at nothing, such as a product that product.csv does not have: per reference their number, examples and loads. "
        + "They are loaded anyway, because files may come in any order. Empty when nothing was published yet.")]
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

/// <summary>Reads <c>orphans</c>.</summary>
internal sealed class OrphanQueries(NpgsqlDataSource database)
{
    /// <summary>Every reference between the eight tables, in the order of the tables.</summary>
    internal async Task<IReadOnlyList<OrphanReference>> ListAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"select * from {version.Schema}.orphans order by reference");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(
            row => new OrphanReference(
                row.Value<string>("dataset"),
                row.Value<string>("column_names"),
                row.Value<string>("target"),
                row.Value<bool>("is_target_loaded"),
                row.ValueOrNull<long>("rows"),
                row.ValueOrNull<long>("keys"),
                JsonSerializer.Deserialize(row.Value<string>("examples"), InsightsJson.Default.IReadOnlyListOrphanKey) ?? [],
                JsonSerializer.Deserialize(row.Value<string>("loads"), InsightsJson.Default.IReadOnlyListOrphanLoad) ?? []),
            cancellationToken);
    }
}
