using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Tables;
using Dunnhumby.Insights.Api.Forms;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Reference;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Compression;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

internal static class TableEndpoints
{
    private static readonly OtherQueryParameters ColumnFilters = new(
        "column",
        "Filters: any column of the table by its name in camelCase, such as department=GROCERY. Keeps the rows that have this value; repeat it for several. Texts are exact. "
        + "GET /tables/{name}/about lists the columns, and so does every page.");

    /// <summary>What pages of every table take besides its columns.</summary>
    private static readonly string[] OfPages = ["sort", "after", "limit", TableFormats.Parameter, FormerVersions.Parameter.Name];

    /// <summary>What every table as a whole takes besides its columns.</summary>
    private static readonly string[] OfWhole = ["sort", TableFormats.Parameter, FormerVersions.Parameter.Name];

    /// <summary>What tables with a time take.</summary>
    private static readonly string[] Times = ["from", "to"];

    internal static void MapTables(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/tables").WithTags("Tables");
        group.MapMethods("", Read.Methods, List).WithName("ListTables").WithMetadata(new ReadsRegister()).AnswersInForms<DescribedTable>();
        group.MapMethods("/{name}", Read.Methods, GetAsync).WithName("GetTable").WithMetadata(new ReadsAnyTable(), ColumnFilters)
            .Produces<IReadOnlyList<TableRow>>(StatusCodes.Status200OK, TableFormats.MediaTypes[0], TableFormats.MediaTypes[1..])
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapMethods("/{name}/rows", Read.Methods, RowsAsync).WithName("ListTableRows").WithMetadata(new ReadsAnyTable(), ColumnFilters)
            .Produces<PageOfRows>(StatusCodes.Status200OK, TableFormats.MediaTypes[0], TableFormats.MediaTypes[1..])
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
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
        "A derived table as a whole, or all rows of it that filters leave: in the order of its key unless sort says otherwise, every column. An array of objects, CSV with a header line "
        + "when format or Accept asks for it (csv, text/csv), or a Parquet file with exact decimals (parquet, application/vnd.apache.parquet).")]
    private static async Task<Results<TableResult, KnownTable, ProblemHttpResult>> GetAsync(
        string name, [AsParameters] TableRequest request, PublishedVersion version, TableShapes shapes, TableQueries tables, HttpRequest http, CancellationToken cancellationToken)
    {
        if (TableRefusals.Of(name, version) is { } refusal)
        {
            return refusal;
        }

        var table = await shapes.GetAsync(version, name, cancellationToken);
        var reading = RowQueryReading.Read(table, new RowsRequest { From = request.From, To = request.To, Sort = request.Sort }, Filters(http, OfWhole));
        if (reading.Query is not { } query)
        {
            return TypedResults.Problem(Wrong(http, table, reading, OfWhole));
        }

        var format = http.ChosenTableFormat(request.Format);
        var asked = $"{format} {query.Order.OrderBy} {query.Remainder}";
        return version.LittleTables.Find(asked) is KnownTable known
            ? known
            : new TableResult(await tables.OpenAsync(version, query, cancellationToken), format) { Remember = little => version.LittleTables.Keep(asked, little) };
    }

    [EndpointSummary(
        "A page of a derived table's rows, filtered and in any order, with the number of all rows that the filters leave and the sums of the columns that add up: follow next until it is null. "
        + "The page's rows alone are served as CSV and Parquet too.")]
    private static async Task<Results<Ok<PageOfRows>, TableResult, ProblemHttpResult>> RowsAsync(
        string name,
        [AsParameters] RowsRequest request,
        PublishedVersion version,
        TableShapes shapes,
        RowQueries rows,
        IOptions<InsightsOptions> options,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        if (TableRefusals.Of(name, version) is { } refusal)
        {
            return refusal;
        }

        var table = await shapes.GetAsync(version, name, cancellationToken);
        if (table.Key.Count == 0)
        {
            return ReadProblems.Unpageable(name);
        }

        var reading = RowQueryReading.Read(table, request, Filters(http.Request, OfPages));
        if (reading.Query is not { } query)
        {
            return TypedResults.Problem(Wrong(http.Request, table, reading, OfPages));
        }

        try
        {
            var format = http.Request.ChosenTableFormat(request.Format);
            if (format is TableFormat.Json)
            {
                return TypedResults.Ok(await rows.ReadAsync(version, query, cancellationToken));
            }

            var (opened, next) = await rows.OpenAsync(version, query, cancellationToken);
            return new TableResult(opened, format, next);
        }
        catch (PostgresException late) when (late.IsTooSlow(cancellationToken))
        {
            return ReadProblems.RowsTooSlow(name, options.Value.RowsTimeout);
        }
    }

    /// <summary>What the query says besides the parameters that every table takes.</summary>
    private static IEnumerable<KeyValuePair<string, IReadOnlyList<string?>>> Filters(HttpRequest request, string[] known) => request.Query
        .Where(parameter => !known.Concat(Times).Contains(parameter.Key, StringComparer.OrdinalIgnoreCase))
        .Select(parameter => KeyValuePair.Create<string, IReadOnlyList<string?>>(parameter.Key, parameter.Value));

    private static HttpValidationProblemDetails Wrong(HttpRequest request, TableShape table, RowQueryReading reading, string[] known) => reading.Unknown.Count > 0
        ? ParameterProblems.Unknown(request, reading.Unknown, [.. RowQueryReading.Parameters(table), .. known])
        : ParameterProblems.Bad(reading.Errors.ToDictionary(StringComparer.Ordinal));
}

internal static class TableRefusals
{
    /// <summary>Why there is nothing to read of a table; null when there is.</summary>
    internal static ProblemHttpResult? Of(string name, PublishedVersion version) =>
        !version.Exists ? ReadProblems.NothingPublished()
        : version.Absent(name) is { } absent ? ReadProblems.TableMissing(absent)
        : version.Awaits(name) ? ReadProblems.TableAwaited(name)
        : version.Answer.Tables.Any(table => string.Equals(table.Name, name, StringComparison.Ordinal)) ? null
        : ReadProblems.UnknownTable(name, version.Answer.Tables.Select(table => table.Name));
}
