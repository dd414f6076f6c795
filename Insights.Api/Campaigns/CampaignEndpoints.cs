using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Compression;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Campaigns;

internal static class CampaignEndpoints
{
    private const string Summary = "campaign_summary";

    internal static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/campaigns").WithTags("Campaigns");
        group.MapMethods("", Read.Methods, ListAsync).WithName("ListCampaigns").WithMetadata(new ReadsTable(Summary));
        group.MapMethods("/{campaign}", Read.Methods, GetAsync).WithName("GetCampaign").WithMetadata(new ReadsTable(Summary)).AnswersAreSmall()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapMethods("/{campaign}/daily-sales", Read.Methods, GetDailySalesAsync).WithName("GetCampaignDailySales").WithMetadata(new ReadsTable("daily_campaign_sales"))
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    [EndpointSummary("Every campaign with the sales of its products before, during and after it. Empty when nothing was published yet.")]
    private static async Task<Ok<IReadOnlyList<Campaign>>> ListAsync(
        PublishedVersion version, CampaignQueries campaigns, CancellationToken cancellationToken) =>
        TypedResults.Ok(version.Exists ? await campaigns.ListAsync(version, cancellationToken) : []);

    [EndpointSummary("One campaign with the sales of its products before, during and after it.")]
    private static async Task<Results<Ok<Campaign>, ProblemHttpResult>> GetAsync(
        int campaign, PublishedVersion version, CampaignQueries campaigns, CancellationToken cancellationToken)
    {
        if (!version.Exists)
        {
            return ReadProblems.NothingPublished();
        }

        return await campaigns.FindAsync(version, campaign, cancellationToken) is { } found
            ? TypedResults.Ok(found)
            : ReadProblems.UnknownCampaign(campaign);
    }

    [EndpointSummary(
        "Sales by day of the products that the campaign's coupons list, over the whole data: all households and all stores count. "
        + "Days without sales are left out.")]
    private static async Task<Results<Ok<IReadOnlyList<DaySales>>, ProblemHttpResult>> GetDailySalesAsync(
        int campaign, PublishedVersion version, CampaignQueries campaigns, CancellationToken cancellationToken)
    {
        if (!version.Exists)
        {
            return ReadProblems.NothingPublished();
        }

        var days = await campaigns.DailySalesAsync(version, campaign, cancellationToken);
        // A campaign whose products never sold has no days, and is still a campaign. Without the summary nobody knows.
        return days.Count > 0 || version.Absent(Summary) is not null || await campaigns.FindAsync(version, campaign, cancellationToken) is not null
            ? TypedResults.Ok(days)
            : ReadProblems.UnknownCampaign(campaign);
    }
}
