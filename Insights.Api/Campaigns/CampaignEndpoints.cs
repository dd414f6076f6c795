using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Insights.Api.Lists;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Compression;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Dunnhumby.Insights.Api.Campaigns;

internal static class CampaignEndpoints
{
    private const string Summary = "campaign_summary";

    internal static void MapCampaigns(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/campaigns").WithTags("Campaigns");
        group.MapMethods("", Read.Methods, ListAsync).WithName("ListCampaigns").WithMetadata(new ReadsTable(Summary)).AnswersInForms<Campaign>();
        group.MapMethods("/{campaign}", Read.Methods, GetAsync).WithName("GetCampaign").WithMetadata(new ReadsTable(Summary)).AnswersAreSmall()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapMethods("/{campaign}/daily-sales", Read.Methods, GetDailySalesAsync).WithName("GetCampaignDailySales").WithMetadata(new ReadsTable("daily_campaign_sales"), new AlsoReads(Summary))
            .AnswersInForms<DaySales>()
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

/// <summary>Reads <c>campaign_summary</c> and <c>daily_campaign_sales</c>.</summary>
internal sealed class CampaignQueries(NpgsqlDataSource database)
{
    /// <summary>By number.</summary>
    internal async Task<IReadOnlyList<Campaign>> ListAsync(PublishedVersion version, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select * from {version.Schema}.campaign_summary order by campaign");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(row => ReadCampaign(version, row), cancellationToken);
    }

    /// <summary>Null when the version has no such campaign.</summary>
    internal async Task<Campaign?> FindAsync(PublishedVersion version, int campaign, CancellationToken cancellationToken) =>
        await version.Rows.GetAsync($"{nameof(Campaign)} {campaign}", async _ => await ReadAsync(version, campaign, cancellationToken)) as Campaign;

    private async Task<Campaign?> ReadAsync(PublishedVersion version, int campaign, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindSql(version));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = campaign });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadCampaign(version, reader) : null;
    }

    /// <summary>Sales of the campaign's products by day, over the whole data; also empty for an unknown campaign.</summary>
    internal async Task<IReadOnlyList<DaySales>> DailySalesAsync(PublishedVersion version, int campaign, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(DailySalesSql(version));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = campaign });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ListAsync(row => new DaySales(row.Value<int>("day"), version.DateOf(row.Value<int>("day")), row.Value<decimal>("sales_value")), cancellationToken);
    }

    internal static string FindSql(PublishedVersion version) => $"select * from {version.Schema}.campaign_summary where campaign = $1";

    internal static string DailySalesSql(PublishedVersion version) =>
        $"select day, sales_value from {version.Schema}.daily_campaign_sales where campaign = $1 order by day";

    private static Campaign ReadCampaign(PublishedVersion version, NpgsqlDataReader row) => new(
        row.Value<int>("campaign"),
        row.Value<string>("description"),
        row.Value<int>("first_day"),
        version.DateOf(row.Value<int>("first_day")),
        row.Value<int>("last_day"),
        version.DateOf(row.Value<int>("last_day")),
        row.Value<int>("duration"),
        row.Value<int>("listed_products"),
        ReadPeriod(row, "before"),
        ReadPeriod(row, "during"),
        ReadPeriod(row, "after"),
        ReadPeriod(row, "total"));

    private static CampaignPeriod ReadPeriod(NpgsqlDataReader row, string period) =>
        new(row.Value<decimal>($"sales_{period}"), row.Value<int>($"days_{period}"), row.ValueOrNull<decimal>($"avg_{period}"));
}
