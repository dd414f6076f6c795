using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Differences;

internal static class DifferenceEndpoints
{
    internal static void MapDifferences(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/{from}/diff/{to}")
            .AddEndpointFilter<DifferenceFilter>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone);
        group.MapMethods("", Read.Methods, CompareAsync).WithName("CompareVersions").WithMetadata(new ReadsAnyTable())
            .AnswersInForms<VersionDifference, TableDifference>(difference => difference.Tables, _ => null);
        group.MapMethods("/segments", Read.Methods, SegmentsAsync).WithName("ListSegmentChanges").WithMetadata(new AlsoReads("household_summary"))
            .AnswersInForms<SegmentDifference, SegmentChange>(difference => difference.Items, difference => difference.Next);
        group.MapMethods("/{table}", Read.Methods, RowsAsync).WithName("ListRowChanges").WithMetadata(new ReadsAnyTable()).AnswersPagesInForms<RowDifference>();
    }

    [EndpointSummary("In what two versions differ: of each table how many rows were added, removed and changed on the way from the one to the other.")]
    private static async Task<Ok<VersionDifference>> CompareAsync(int from, int to, DifferenceQueries differences, CancellationToken cancellationToken) =>
        TypedResults.Ok(await differences.CompareAsync(from, to, cancellationToken));

    [EndpointSummary("The rows of a table that differ between two versions, in the order of the key, a page at a time: what was added and removed, and of changed rows the columns that differ.")]
    private static async Task<Results<Ok<Page<RowDifference>>, ProblemHttpResult>> RowsAsync(
        int from, int to, string table, [AsParameters] RowChangeRequest request, DifferenceQueries differences, CancellationToken cancellationToken)
    {
        if (await differences.FindAsync(from, to, table, cancellationToken) is not { } pair)
        {
            return NoTable(from, to, table);
        }

        if (pair.Obstacle is { } obstacle)
        {
            return ReadProblems.Incomparable(table, obstacle);
        }

        var after = request.After is { } text ? RowCursor.Decode(text, pair.Key) : null;
        return request.After is not null && after is null
            ? TypedResults.Problem(ParameterProblems.Bad("after", "after takes the next of the page before; leave it out for the first page."))
            : TypedResults.Ok(await differences.RowsAsync(pair, after, request.PageSize, cancellationToken));
    }

    [EndpointSummary("Households that are in another segment (RFM bin) in the one version than in the other, a page at a time, and how many went from where to where.")]
    private static async Task<Results<Ok<SegmentDifference>, ProblemHttpResult>> SegmentsAsync(
        int from, int to, [AsParameters] SegmentChangeRequest request, DifferenceQueries differences, CancellationToken cancellationToken)
    {
        var after = 0;
        if (request.After is { } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return TypedResults.Problem(ParameterProblems.Bad("after", "after takes the next of the page before; leave it out for the first page."));
        }

        return await differences.FindAsync(from, to, DifferenceQueries.SegmentTable, cancellationToken) is { HasSegments: true } pair
            ? TypedResults.Ok(await differences.SegmentsAsync(pair, (request.Was, request.Became), after, request.PageSize, cancellationToken))
            : NoTable(from, to, DifferenceQueries.SegmentTable);
    }

    private static ProblemHttpResult NoTable(int from, int to, string table) =>
        ReadProblems.UnknownTable(table, $"GET /versions/{from}/diff/{to} lists the tables of both versions.");
}

/// <summary>The query of <c>GET /versions/{from}/diff/{to}/{table}</c>.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public sealed record RowChangeRequest
{
    private const int DefaultLimit = 50;

    [Description("The next of the page before.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [Description("How many rows a page has at most: 1 to 500, 50 when left out.")]
    [FromQuery(Name = "limit")]
    [Range(1, 500, ErrorMessage = "limit takes a whole number from 1 to 500.")]
    public int? Limit { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}

/// <summary>The query of <c>GET /versions/{from}/diff/{to}/segments</c>.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public sealed record SegmentChangeRequest
{
    private const int DefaultLimit = 50;

    [Description("Keep households that were in this RFM bin, 1 (weakest) to 5 (best).")]
    [FromQuery(Name = "was")]
    [Range(1, 5, ErrorMessage = "was takes a whole number from 1 to 5.")]
    public int? Was { get; init; }

    [Description("Keep households that came into this RFM bin, 1 (weakest) to 5 (best).")]
    [FromQuery(Name = "became")]
    [Range(1, 5, ErrorMessage = "became takes a whole number from 1 to 5.")]
    public int? Became { get; init; }

    [Description("The next of the page before.")]
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    [Description("How many households a page has at most: 1 to 500, 50 when left out.")]
    [FromQuery(Name = "limit")]
    [Range(1, 500, ErrorMessage = "limit takes a whole number from 1 to 500.")]
    public int? Limit { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}
