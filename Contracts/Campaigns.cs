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

/// <summary>What targeted households bought of the listed products before, during and after a campaign, beside all others: a row of <c>campaign_performance</c>.</summary>
/// <param name="Campaign">The campaign, as in the files.</param>
/// <param name="Description">The campaign's type: TypeA, TypeB or TypeC.</param>
/// <param name="FirstDay">The campaign's first day: START_DAY.</param>
/// <param name="FirstDate">The first day on the calendar.</param>
/// <param name="LastDay">The campaign's last day: END_DAY.</param>
/// <param name="LastDate">The last day on the calendar.</param>
/// <param name="Duration">Days from the first to the last, both included. Each window is as long.</param>
/// <param name="ListedProducts">Different products that the campaign's coupons list.</param>
/// <param name="TargetedHouseholds">Households that received the campaign, by campaign_table.csv.</param>
/// <param name="ActiveHouseholds">Targeted households with any cleaned line during the campaign.</param>
/// <param name="BuyingHouseholds">Targeted households with a cleaned line of a listed product during the campaign.</param>
/// <param name="RedeemedHouseholds">Households that redeemed a coupon of the campaign, by coupon_redempt.csv; also one that campaign_table.csv does not have.</param>
/// <param name="Redemptions">Redemptions of coupons of the campaign.</param>
/// <param name="ActiveRate">active_households / targeted_households; null where there is nothing to divide by.</param>
/// <param name="RedemptionRate">redeemed_households / targeted_households: households, not coupons, since the files do not say how many coupons were sent; null where there is nothing to divide by.</param>
/// <param name="DaysBefore">Days of the window before that lie in the data.</param>
/// <param name="DaysDuring">Days of the campaign that lie in the data.</param>
/// <param name="DaysAfter">Days of the window after that lie in the data.</param>
/// <param name="TargetedSalesBefore">Cleaned sales of listed products to targeted households in the window before the first day. In dollars.</param>
/// <param name="TargetedSalesDuring">The same from the first to the last day. In dollars.</param>
/// <param name="TargetedSalesAfter">The same in the window after the last day. In dollars.</param>
/// <param name="OtherSalesBefore">Cleaned sales of listed products to all other households in the window before the first day. In dollars.</param>
/// <param name="OtherSalesDuring">The same from the first to the last day. In dollars.</param>
/// <param name="OtherSalesAfter">The same in the window after the last day. In dollars.</param>
/// <param name="TargetedChange">The change of targeted sales per day from before to during: (during / days_during) / (before / days_before) - 1; null without days, or without sales before.</param>
/// <param name="OtherChange">The same of other sales; null where there is nothing to divide by.</param>
/// <param name="Difference">targeted_change - other_change. What other households do as well, such as a holiday, cancels out; that targeted households differ from others does not; null where there is nothing to divide by.</param>
public sealed record CampaignPerformance(
    int Campaign,
    string Description,
    int FirstDay,
    DateOnly FirstDate,
    int LastDay,
    DateOnly LastDate,
    int Duration,
    int ListedProducts,
    int TargetedHouseholds,
    int ActiveHouseholds,
    int BuyingHouseholds,
    int RedeemedHouseholds,
    int Redemptions,
    decimal? ActiveRate,
    decimal? RedemptionRate,
    int DaysBefore,
    int DaysDuring,
    int DaysAfter,
    decimal TargetedSalesBefore,
    decimal TargetedSalesDuring,
    decimal TargetedSalesAfter,
    decimal OtherSalesBefore,
    decimal OtherSalesDuring,
    decimal OtherSalesAfter,
    decimal? TargetedChange,
    decimal? OtherChange,
    decimal? Difference);

/// <summary>How often a coupon of a campaign was redeemed, and by whom: a row of <c>coupon_performance</c>.</summary>
/// <param name="Campaign">The campaign, as in the files.</param>
/// <param name="CouponUpc">The coupon, as in the files.</param>
/// <param name="ListedProducts">Different products that the coupon lists.</param>
/// <param name="TargetedHouseholds">Households that received the campaign, by campaign_table.csv.</param>
/// <param name="Redemptions">Redemptions, by coupon_redempt.csv. A household can redeem a coupon on several days.</param>
/// <param name="RedeemedHouseholds">Different households with a redemption.</param>
/// <param name="FirstRedemption">DAY of the first redemption; null without any.</param>
/// <param name="LastRedemption">DAY of the last redemption; null without any.</param>
/// <param name="Lines">Cleaned lines of the listed products to redeeming households on the days of their redemptions.</param>
/// <param name="SalesValue">Cleaned sales of these lines. 0 where the redemption has no line in the cleaned data. In dollars.</param>
/// <param name="CouponDiscount">The manufacturers' coupons on these lines, positive. In dollars.</param>
/// <param name="RedemptionRate">redeemed_households / targeted_households; null where there is nothing to divide by.</param>
/// <param name="DiscountPerRedemption">coupon_discount / redemptions. In dollars a redemption; null where there is nothing to divide by.</param>
public sealed record CouponPerformance(
    int Campaign,
    long CouponUpc,
    int ListedProducts,
    int TargetedHouseholds,
    int Redemptions,
    int RedeemedHouseholds,
    int? FirstRedemption,
    int? LastRedemption,
    int Lines,
    decimal SalesValue,
    decimal CouponDiscount,
    decimal? RedemptionRate,
    decimal? DiscountPerRedemption);
