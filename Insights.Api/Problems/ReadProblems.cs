using System.Text.Json;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Problems;

/// <summary>The problems that reads answer with.</summary>
internal static class ReadProblems
{
    private const int MaxNamedLoads = 10;

    internal static void AddReadProblems(this IServiceCollection services)
    {
        services.AddExceptionHandler<DatabaseOutageHandler>();
        services.PostConfigure<ProblemDetailsOptions>(options => options.CustomizeProblemDetails = WordValidation + options.CustomizeProblemDetails);
    }

    /// <summary>404 of a single thing while there is no version at all.</summary>
    internal static ProblemHttpResult NothingPublished() => NotFound(
        "no-insights-yet",
        "No insights have been published yet.",
        "Upload the data set's files to the ingestion service (POST /loads/{dataset}); the first version follows within seconds. GET /version shows it.");

    internal static ProblemHttpResult UnknownHousehold(int householdKey) => NotFound(
        "unknown-household",
        $"There is no household {householdKey}.",
        "Households with sales in the published version are listed by GET /households.");

    internal static ProblemHttpResult UnknownCampaign(int campaign) => NotFound(
        "unknown-campaign",
        $"There is no campaign {campaign}.",
        "The campaigns of the published version are listed by GET /campaigns.");

    internal static ProblemHttpResult UnknownProduct(int product) => NotFound(
        "unknown-product",
        $"There is no product {product}.",
        "Products with cleaned lines in the published version are listed by GET /products.");

    internal static ProblemHttpResult UnknownStore(int store) => NotFound(
        "unknown-store",
        $"There is no store {store}.",
        "Stores with sales in the published version are listed by GET /stores.");

    internal static ProblemHttpResult UnknownBasket(long basket) => NotFound(
        "unknown-basket",
        $"There is no basket {basket}.",
        "GET /households/{householdKey}/baskets lists a household's baskets.");

    /// <summary>404 of a version from before a table had the column.</summary>
    internal static ProblemHttpResult UnknownColumn(string table, string column, int version) => NotFound(
        "unknown-column",
        $"The table {table} of version {version} has no {column}.",
        $"It was published before there was such a column. GET /tables/{table}?version={version} gives it as it is; without version the current one answers.");

    internal static ProblemHttpResult UnknownTable(string name, IEnumerable<string> names) => UnknownTable(name, $"The published version has {string.Join(", ", names)}.");

    internal static ProblemHttpResult UnknownTable(string name, string detail) => NotFound("unknown-table", $"There is no table '{name}'.", detail);

    /// <summary>409 of a table whose rows cannot be told apart in both versions.</summary>
    internal static ProblemHttpResult Incomparable(string table, string why) => TypedResults.Problem(
        $"{why} GET /tables/{{name}}?version= gives the table as a whole, of either version.",
        statusCode: StatusCodes.Status409Conflict,
        title: table.Length == 0 ? "The versions cannot be compared." : $"The rows of {table} cannot be compared.",
        type: ProblemTypes.Of("not-comparable"));

    /// <summary>409 of a table whose rows have no key to page by.</summary>
    internal static ProblemHttpResult Unpageable(string table) => TypedResults.Problem(
        $"The table has no key by which pages could go on. GET /tables/{table} gives it as a whole.",
        statusCode: StatusCodes.Status409Conflict,
        title: $"The rows of {table} cannot be paged.",
        type: ProblemTypes.Of("not-pageable"));

    /// <summary>503 of rows that would take too long.</summary>
    internal static ProblemHttpResult RowsTooSlow(string table, TimeSpan limit) => TypedResults.Problem(
        $"It was stopped after {limit.TotalSeconds:0.###} s. Narrow it with filters or from and to, or leave sort out; GET /tables/{table} gives the table as a whole. Insights__RowsTimeout allows more time.",
        statusCode: StatusCodes.Status503ServiceUnavailable,
        title: $"Reading these rows of {table} takes too long.",
        type: ProblemTypes.Of("rows-too-slow"));

    /// <summary>503 of a comparison that would take too long.</summary>
    internal static ProblemHttpResult DifferenceTooSlow(int from, int to, TimeSpan limit) => TypedResults.Problem(
        $"It was stopped after {limit.TotalSeconds:0.###} s. Compare versions that are nearer to each other, or one table (GET /versions/{from}/diff/{to}/{{table}}); or allow more time (Insights__DifferenceTimeout).",
        statusCode: StatusCodes.Status503ServiceUnavailable,
        title: $"Comparing version {from} with version {to} takes too long.",
        type: ProblemTypes.Of("difference-too-slow"));

    /// <summary>404 of a version that there never was.</summary>
    internal static ProblemHttpResult UnknownVersion(int version, int newest) => NotFound(
        "unknown-version",
        $"There is no version {version}.",
        newest == 0 ? "Nothing was published yet." : $"The newest one is {newest}. GET /versions lists those that are kept.");

    /// <summary>410 of a version that was removed, as it is with all but the newest.</summary>
    internal static ProblemHttpResult VersionRemoved(int version) => TypedResults.Problem(
        "Only the newest versions are kept (Transform__KeepVersions of the transform service). GET /versions lists them.",
        statusCode: StatusCodes.Status410Gone,
        title: $"Version {version} was removed.",
        type: ProblemTypes.Of("version-removed"));

    /// <summary>503 while the version is without a table because it has never been computed: as an empty answer that would be a wrong figure.</summary>
    internal static ProblemHttpResult TableMissing(StaleTable table)
    {
        var suspected = table.SuspectedLoads is { Count: > 0 and <= MaxNamedLoads } loads
            ? $" Suspected: load {string.Join(", ", loads)}. Withdraw it (DELETE /loads/{{id}} of the ingestion service), correct its file and upload it again."
            : "";
        return TypedResults.Problem(
            $"The table {table.Name} has not been computed yet. {table.Reason}{suspected} GET /version says more.",
            statusCode: StatusCodes.Status503ServiceUnavailable,
            title: $"There are no figures of {table.Subject} yet.",
            type: ProblemTypes.Of("table-missing"));
    }

    /// <summary>A table on a schedule before it was made for the first time.</summary>
    internal static ProblemHttpResult TableAwaited(string table) => TypedResults.Problem(
        $"The table {table} is made on a schedule, and has not been made yet: as a rule it is within a minute of the first version. GET /schedules of the transform service says when it is made.",
        statusCode: StatusCodes.Status503ServiceUnavailable,
        title: $"There is no {table} yet.",
        type: ProblemTypes.Of("table-missing"));

    /// <summary>Gives what <c>AddValidation()</c> found the same form: the names that clients use instead of the properties' ones.</summary>
    private static void WordValidation(ProblemDetailsContext context)
    {
        // The service's own problems have a type of their own.
        if (context.ProblemDetails is HttpValidationProblemDetails invalid && invalid.Type?.StartsWith("urn:", StringComparison.Ordinal) is not true)
        {
            context.ProblemDetails = ParameterProblems.Bad(
                invalid.Errors.ToDictionary(error => JsonNamingPolicy.CamelCase.ConvertName(error.Key), error => error.Value, StringComparer.Ordinal));
        }
    }

    private static ProblemHttpResult NotFound(string code, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: title, type: ProblemTypes.Of(code));
}
