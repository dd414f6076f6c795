using Dunnhumby.Contracts.Lines;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Lines;

/// <summary>Baskets, from the lake as lines are: published, they would be 280,000 rows more to write with every load, and would lack the lines that do not count.</summary>
internal static class LineBasketEndpoints
{
    private const string Figure = "daily_household_spend";

    internal static void MapLineBaskets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Lines").WithMetadata(new ReadsRegister())
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).ProducesProblem(StatusCodes.Status504GatewayTimeout);
        group.MapMethods("/households/{householdKey}/baskets", Read.Methods, OfHouseholdAsync).WithName("ListHouseholdBaskets")
            .AnswersInForms<HouseholdBaskets, Basket>(page => page.Items, page => page.Next, LineColumns.OfBaskets);
        group.MapMethods("/baskets/{basketId}", Read.Methods, GetAsync).WithName("GetBasket")
            .AnswersInForms<TransactionLines, TransactionLine>(page => page.Items, page => page.Next, LineColumns.OfTransactions);
    }

    [EndpointSummary(
        "The household's baskets by day: store, lines, and the sales of those that count in the figures. A page at a time: follow next until it is null; as CSV and Parquet the "
        + "header Link leads to the next page.")]
    private static async Task<Results<Ok<HouseholdBaskets>, ProblemHttpResult>> OfHouseholdAsync(
        int householdKey, [AsParameters] HouseholdBasketRequest request, PublishedVersion version, LineClient lines, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.To < request.From)
        {
            return TypedResults.Problem(ParameterProblems.Bad("to", "to takes the same day as from or a later one."));
        }

        var (page, problem) = await lines.PageAsync<HouseholdBaskets>(
            request, version, "baskets", Figure, [("household", householdKey), ("store", request.Store), ("from", request.From), ("to", request.To)], context, cancellationToken);
        if (page is null)
        {
            return problem ?? throw new InvalidOperationException("What is not answered is refused.");
        }

        var isFiltered = (request.Store ?? request.From ?? request.To) is not null;
        if (page.Baskets == 0 && await lines.WhyNoneAsync<HouseholdBaskets>(
            version, "baskets", Figure, [("household", householdKey)], isFiltered, any => any.Baskets, ReadProblems.UnknownHousehold(householdKey), cancellationToken) is { } none)
        {
            return none;
        }

        var next = request.Next(version, page.Items.Count, page.Baskets);
        return TypedResults.Ok(page with { Next = next });
    }

    [EndpointSummary(
        "The lines of a basket, with load, file and line of each, and whether it counts in the figures. A page at a time: follow next until it is null; as CSV and Parquet the "
        + "header Link leads to the next page.")]
    private static async Task<Results<Ok<TransactionLines>, ProblemHttpResult>> GetAsync(
        long basketId, [AsParameters] BasketRequest request, PublishedVersion version, LineClient lines, HttpContext context, CancellationToken cancellationToken)
    {
        var (page, problem) = await lines.PageAsync<TransactionLines>(request, version, "transactions", Figure, [("basket", basketId)], context, cancellationToken);
        if (page is null)
        {
            return problem ?? throw new InvalidOperationException("What is not answered is refused.");
        }

        if (page.Lines == 0)
        {
            return ReadProblems.UnknownBasket(basketId);
        }

        var next = request.Next(version, page.Items.Count, page.Lines);
        return TypedResults.Ok(page with { Next = next });
    }
}
