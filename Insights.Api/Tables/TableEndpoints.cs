using Dunnhumby.Contracts.Insights;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Reference;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Compression;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Tables;

internal static class TableEndpoints
{
    internal static void MapTables(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tables").WithTags("Tables");
        group.MapMethods("", Read.Methods, List).WithName("ListTables").WithMetadata(new ReadsRegister());
        group.MapMethods("/{name}", Read.Methods, GetAsync).WithName("GetTable").WithMetadata(new ReadsAnyTable())
            .Produces<IReadOnlyList<TableRow>>(StatusCodes.Status200OK, TableFormats.MediaTypes[0], TableFormats.MediaTypes[1..])
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapMethods("/{name}/about", Read.Methods, About).WithName("GetTableAbout").WithMetadata(new ReadsRegister()).AnswersAreSmall()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("The derived tables of the published version, with what each column holds. Empty when nothing was published yet.")]
    private static Ok<IReadOnlyList<DescribedTable>> List(PublishedVersion version) => TypedResults.Ok(version.Tables);

    [EndpointSummary("What a derived table holds: its grain, key and owner, and of every column its type, meaning, unit and the source of its formula.")]
    private static Results<Ok<DescribedTable>, ProblemHttpResult> About(string name, PublishedVersion version)
    {
        if (!version.Exists)
        {
            return ReadProblems.NothingPublished();
        }

        return version.Tables.FirstOrDefault(table => string.Equals(table.Name, name, StringComparison.Ordinal)) is { } table
            ? TypedResults.Ok(table)
            : ReadProblems.UnknownTable(name, version.Tables.Select(known => known.Name));
    }

    [EndpointSummary(
        "A derived table as a whole: every row in the order of its key, every column. An array of objects, CSV with a header line when Accept asks for "
        + "text/csv, or a Parquet file with exact decimals when it asks for application/vnd.apache.parquet.")]
    private static async Task<Results<TableResult, ProblemHttpResult>> GetAsync(
        string name, PublishedVersion version, TableQueries tables, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!version.Exists)
        {
            return ReadProblems.NothingPublished();
        }

        if (version.Absent(name) is { } absent)
        {
            return ReadProblems.TableMissing(absent);
        }

        if (version.Awaits(name))
        {
            return ReadProblems.TableAwaited(name);
        }

        if (!version.Answer.Tables.Any(table => string.Equals(table.Name, name, StringComparison.Ordinal)))
        {
            return ReadProblems.UnknownTable(name, version.Answer.Tables.Select(table => table.Name));
        }

        return new TableResult(await tables.OpenAsync(version, name, cancellationToken), request.PreferredTableFormat());
    }
}
