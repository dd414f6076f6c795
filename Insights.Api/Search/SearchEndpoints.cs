using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dunnhumby.Contracts.Search;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Rows;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Search;

internal static class SearchEndpoints
{
    internal static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapMethods("/search", Read.Methods, FindAsync)
        .WithTags("Search").WithName("Search").WithMetadata(new ReadsTable(SearchQueries.Entries), new AlsoReads(SearchQueries.Words)).AnswersInForms<SearchEntry>()
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    [EndpointSummary(
        "Products, commodities, departments, households and campaigns whose texts have every word of q, or one much like it, the best first. A number is looked up as a key, too. "
        + "Empty when nothing was published yet.")]
    private static async Task<Results<Ok<IReadOnlyList<SearchEntry>>, ProblemHttpResult>> FindAsync(
        [AsParameters] SearchRequest request, PublishedVersion version, SearchQueries search, CancellationToken cancellationToken)
    {
        if (SearchWords.Read(request.Q ?? "") is not { } words)
        {
            return TypedResults.Problem(ParameterProblems.Bad("q", $"q takes 1 to {SearchWords.Most} words of letters or digits."));
        }

        if (!version.Exists)
        {
            return TypedResults.Ok<IReadOnlyList<SearchEntry>>([]);
        }

        // A version from before words were searched has the entries only.
        return (Refusal(SearchQueries.Entries) ?? Refusal(SearchQueries.Words)) is { } refusal
            ? refusal
            : TypedResults.Ok(await search.FindAsync(version, words, request.Kind, request.PageSize, cancellationToken));

        ProblemHttpResult? Refusal(string table) => new RowSource<SearchRequest>(table).Refusal(version, []);
    }
}

/// <summary>The query of <c>GET /search</c>.</summary>
// Public because the generator behind AddValidation() passes over internal types, and then nothing would be checked.
public sealed record SearchRequest
{
    internal const int MostCharacters = 100;

    private const int DefaultLimit = 20;

    [Description("What is searched for: up to eight words, as in bananas or soft drinks 12, or a number. Letters that are wrong or missing are forgiven.")]
    [FromQuery(Name = "q")]
    [Required(ErrorMessage = "q takes 1 to 8 words of letters or digits.")]
    [MaxLength(MostCharacters, ErrorMessage = "q takes up to 100 characters.")]
    public string? Q { get; init; }

    [Description("Keep entries of this kind.")]
    [FromQuery(Name = "kind")]
    [AllowedValues(null, "product", "commodity", "department", "household", "campaign", ErrorMessage = "kind takes product, commodity, department, household or campaign.")]
    public string? Kind { get; init; }

    [Description("How many entries are given at most: 1 to 100, 20 when left out.")]
    [FromQuery(Name = "limit")]
    [Range(1, 100, ErrorMessage = "limit takes a whole number from 1 to 100.")]
    public int? Limit { get; init; }

    internal int PageSize => Limit ?? DefaultLimit;
}
