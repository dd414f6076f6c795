using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>What each of the eight data sets brings, in a few words.</summary>
internal static class DatasetPurposes
{
    private static readonly Dictionary<string, string> Purposes = new(StringComparer.Ordinal)
    {
        [DatasetNames.Transactions] = "every line of every basket",
        [DatasetNames.Products] = "products with department and commodity",
        [DatasetNames.Demographics] = "age, income and family of 801 households",
        [DatasetNames.Campaigns] = "the campaigns and when they ran",
        [DatasetNames.CampaignHouseholds] = "which households received which campaign",
        [DatasetNames.Coupons] = "the products that a campaign's coupons list",
        [DatasetNames.CouponRedemptions] = "coupons that were redeemed",
        [DatasetNames.Causal] = "displays and mailers per product, store and week",
    };

    internal static string Of(string dataset) => Purposes.GetValueOrDefault(dataset, "");
}
