using Dunnhumby.Contracts.Lines;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Lines;

/// <summary>From a figure to the lines that it is made of, with load, file and line number.</summary>
internal static class LineEndpoints
{
    private const string Paging = " A page at a time: follow next until it is null; as CSV and Parquet the header Link leads to the next page.";

    internal static void MapLines(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Lines").WithMetadata(new ReadsRegister())
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).ProducesProblem(StatusCodes.Status504GatewayTimeout);
        group.MapMethods("/households/{householdKey}/lines", Read.Methods, OfHouseholdAsync).WithName("ListHouseholdLines").AnswersInLines();
        group.MapMethods("/stores/{store}/lines", Read.Methods, OfStoreAsync).WithName("ListStoreLines").AnswersInLines();
        group.MapMethods("/products/{product}/lines", Read.Methods, OfProductAsync).WithName("ListProductLines").AnswersInLines();
        group.MapMethods("/campaigns/{campaign}/lines", Read.Methods, OfCampaignAsync).WithName("ListCampaignLines")
            .AnswersInForms<CampaignLines, CampaignLine>(page => page.Items, page => page.Next, LineColumns.OfCampaigns);
    }

    [EndpointSummary("The household's transaction lines: load, file and line of each, and whether it counts in the figures. Those that count add up to the household's spend." + Paging)]
    private static Task<Results<Ok<TransactionLines>, ProblemHttpResult>> OfHouseholdAsync(
        int householdKey, [AsParameters] HouseholdLineRequest request, PublishedVersion version, LineClient lines, HttpContext context, CancellationToken cancellationToken) =>
        TransactionsAsync(
            request, version, "daily_household_spend", ("household", householdKey), [("store", request.Store), ("product", request.Product)], ReadProblems.UnknownHousehold(householdKey), lines, context, cancellationToken);

    [EndpointSummary("The store's transaction lines: load, file and line of each, and whether it counts in the figures. Those that count add up to the store's sales." + Paging)]
    private static Task<Results<Ok<TransactionLines>, ProblemHttpResult>> OfStoreAsync(
        int store, [AsParameters] StoreLineRequest request, PublishedVersion version, LineClient lines, HttpContext context, CancellationToken cancellationToken) =>
        TransactionsAsync(
            request, version, "store_daily_sales", ("store", store), [("household", request.Household), ("product", request.Product)], ReadProblems.UnknownStore(store), lines, context, cancellationToken);

    [EndpointSummary("The product's transaction lines: load, file and line of each, and whether it counts in the figures." + Paging)]
    private static Task<Results<Ok<TransactionLines>, ProblemHttpResult>> OfProductAsync(
        int product, [AsParameters] ProductLineRequest request, PublishedVersion version, LineClient lines, HttpContext context, CancellationToken cancellationToken) =>
        TransactionsAsync(
            request, version, figure: null, ("product", product), [("household", request.Household), ("store", request.Store)], ReadProblems.UnknownProduct(product), lines, context, cancellationToken);

    [EndpointSummary("What the files say of a campaign: its description, listed households, coupons and redemptions, with load, file and line of each row." + Paging)]
    private static async Task<Results<Ok<CampaignLines>, ProblemHttpResult>> OfCampaignAsync(
        int campaign, [AsParameters] CampaignLineRequest request, PublishedVersion version, LineClient lines, HttpContext context, CancellationToken cancellationToken)
    {
        var (path, figure) = ($"campaigns/{campaign}", "campaign_summary");
        var (page, problem) = await lines.PageAsync<CampaignLines>(request, version, path, figure, [("dataset", request.Dataset)], context, cancellationToken);
        if (page is null)
        {
            return Refused(problem);
        }

        if (page.Lines == 0 && await lines.WhyNoneAsync<CampaignLines>(
            version, path, figure, thing: [], request.Dataset is not null, any => any.Lines, ReadProblems.UnknownCampaign(campaign), cancellationToken) is { } none)
        {
            return none;
        }

        var next = request.Next(version, page.Items.Count, page.Lines);
        return TypedResults.Ok(page with { Next = next });
    }

    private static async Task<Results<Ok<TransactionLines>, ProblemHttpResult>> TransactionsAsync(
        TransactionLineRequest request,
        PublishedVersion version,
        string? figure,
        (string, object?) thing,
        (string Name, object? Value)[] others,
        ProblemHttpResult unknown,
        LineClient lines,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        const string Path = "transactions";
        (string Name, object? Value)[] filters = [.. others, ("day", request.Day), ("basket", request.Basket)];
        var (page, problem) = await lines.PageAsync<TransactionLines>(request, version, Path, figure, [thing, .. filters], context, cancellationToken);
        if (page is null)
        {
            return Refused(problem);
        }

        if (page.Lines == 0 && await lines.WhyNoneAsync<TransactionLines>(
            version, Path, figure, [thing], Array.Exists(filters, filter => filter.Value is not null), any => any.Lines, unknown, cancellationToken) is { } none)
        {
            return none;
        }

        var next = request.Next(version, page.Items.Count, page.Lines);
        return TypedResults.Ok(page with { Next = next });
    }

    private static RouteHandlerBuilder AnswersInLines(this RouteHandlerBuilder endpoint) =>
        endpoint.AnswersInForms<TransactionLines, TransactionLine>(page => page.Items, page => page.Next, LineColumns.OfTransactions);

    private static ProblemHttpResult Refused(ProblemHttpResult? problem) => problem ?? throw new InvalidOperationException("What is not answered is refused.");
}
