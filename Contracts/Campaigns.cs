using System.Text.Json.Serialization;

namespace Dunnhumby.Contracts.Campaigns;

/// <summary>
/// A campaign and the cleaned sales of the products its coupons list, before, during and after it. All households and all stores count,
/// whether they received the campaign or not. Money in dollars; averages per day of the period that lies in the data, six decimals.
/// </summary>
/// <param name="Number">CAMPAIGN of the files.</param>
/// <param name="Description">TypeA, TypeB or TypeC.</param>
/// <param name="FirstDay">First DAY of the campaign.</param>
/// <param name="FirstDate">The first day on the calendar.</param>
/// <param name="LastDay">Last DAY of the campaign.</param>
/// <param name="LastDate">The last day on the calendar.</param>
/// <param name="Duration">Days from first to last, both included.</param>
/// <param name="ListedProducts">Distinct products that its coupons list.</param>
/// <param name="Before">Days before the first.</param>
/// <param name="During">Days from first to last.</param>
/// <param name="After">Days after the last.</param>
/// <param name="Total">All days of the data.</param>
public sealed record Campaign(
    [property: JsonPropertyName("campaign")] int Number,
    string Description,
    int FirstDay,
    DateOnly FirstDate,
    int LastDay,
    DateOnly LastDate,
    int Duration,
    int ListedProducts,
    CampaignPeriod Before,
    CampaignPeriod During,
    CampaignPeriod After,
    CampaignPeriod Total);

/// <summary>Sales of a campaign's products in one period.</summary>
/// <param name="Sales">In dollars.</param>
/// <param name="Days">Days of the period that lie in the data.</param>
/// <param name="Average">Sales per day of <paramref name="Days"/>; null when there is none.</param>
public sealed record CampaignPeriod(decimal Sales, int Days, decimal? Average);
