namespace Dunnhumby.Contracts.Datasets;

/// <summary>The names of the eight data sets: each is the original file's name without <c>.csv</c>.</summary>
public static class DatasetNames
{
    public const string Transactions = "transaction_data";
    public const string Products = "product";
    public const string Demographics = "hh_demographic";
    public const string Campaigns = "campaign_desc";
    public const string CampaignHouseholds = "campaign_table";
    public const string Coupons = "coupon";
    public const string CouponRedemptions = "coupon_redempt";
    public const string Causal = "causal_data";

    /// <summary>All eight, in the order in which people list them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Transactions, Products, Demographics, Campaigns, CampaignHouseholds, Coupons, CouponRedemptions, Causal];
}
