namespace Dunnhumby.SampleData.Truth;

/// <summary>A campaign's effect on the purchases of listed products by targeted households from first to last day.</summary>
/// <param name="Campaign">CAMPAIGN.</param>
/// <param name="Lift">Multiplier of those purchases; with other campaigns on the same product the product of lifts, at most 1.8.</param>
/// <param name="Targeted">Targeted households.</param>
/// <param name="ListedProducts">Products that a coupon lists.</param>
/// <param name="Lines">Those purchases, before equal products of a basket are added up.</param>
/// <param name="SalesValue">Their sales.</param>
/// <param name="IncrementalLines">Those that would not have been made without this campaign, all other campaigns being as they are.</param>
/// <param name="IncrementalSalesValue">Their sales: the true incremental sales.</param>
/// <param name="Redemptions">Coupons handed in.</param>
public sealed record CampaignTruth(
    int Campaign,
    string Description,
    int FirstDay,
    int LastDay,
    double Lift,
    int Targeted,
    int ListedProducts,
    int Lines,
    decimal SalesValue,
    int IncrementalLines,
    decimal IncrementalSalesValue,
    int Redemptions);
