using System.Text.Json.Serialization;

namespace Dunnhumby.Contracts.Lines;

/// <summary>Transaction lines behind a figure, a page of them, and what they add up to.</summary>
/// <param name="Items">By day, basket and product.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last one. Opaque.</param>
/// <param name="Version">The version whose loads the lines are of.</param>
/// <param name="Lines">All lines, on whatever page.</param>
/// <param name="Counted">Those of them that count in the cleaned figures.</param>
/// <param name="Sales">SALES_VALUE of the lines that count, in dollars.</param>
public sealed record TransactionLines(IReadOnlyList<TransactionLine> Items, string? Next, int Version, long Lines, long Counted, decimal Sales);

/// <summary>A transaction line as its load has it, with where it comes from.</summary>
/// <param name="LoadId">The load that brought it.</param>
/// <param name="MendsLoadId">The load in whose file the line is, if a replay mended it; otherwise null.</param>
/// <param name="File">The file's name, as its sender or its archive calls it; null where it is not known.</param>
/// <param name="Line">The line of the file on which the row begins, counted from 1 with the header; null where it is not known.</param>
/// <param name="Untraced">Why there is no line; null when there is one.</param>
/// <param name="Household">household_key of the files.</param>
/// <param name="Basket">BASKET_ID of the files.</param>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Product">PRODUCT_ID of the files.</param>
/// <param name="Section">The section of the store; null when the product is not known.</param>
/// <param name="Quantity">Items.</param>
/// <param name="Sales">SALES_VALUE in dollars.</param>
/// <param name="Store">STORE_ID of the files.</param>
/// <param name="RetailDiscount">RETAIL_DISC in dollars.</param>
/// <param name="Time">TRANS_TIME, HHMM as a number.</param>
/// <param name="Week">WEEK_NO of the files.</param>
/// <param name="CouponDiscount">COUPON_DISC in dollars.</param>
/// <param name="CouponMatchDiscount">COUPON_MATCH_DISC in dollars.</param>
/// <param name="Counts">Whether it counts in the cleaned figures.</param>
/// <param name="LeftOutBy">The first of <see cref="LineRules"/> that leaves it out; null when it counts.</param>
public sealed record TransactionLine(
    long LoadId,
    long? MendsLoadId,
    string? File,
    long? Line,
    string? Untraced,
    int Household,
    long Basket,
    int Day,
    DateOnly Date,
    int Product,
    string? Section,
    int Quantity,
    decimal Sales,
    int Store,
    decimal RetailDiscount,
    int Time,
    int Week,
    decimal CouponDiscount,
    decimal CouponMatchDiscount,
    bool Counts,
    string? LeftOutBy);

/// <summary>The baskets of a household, a page of them, and what they add up to.</summary>
/// <param name="Items">By day and basket.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last one. Opaque.</param>
/// <param name="Version">The version whose loads the lines are of.</param>
/// <param name="Baskets">All baskets, on whatever page.</param>
/// <param name="Lines">Their lines.</param>
/// <param name="Counted">Those of the lines that count in the cleaned figures.</param>
/// <param name="Sales">SALES_VALUE of the lines that count, in dollars.</param>
public sealed record HouseholdBaskets(IReadOnlyList<Basket> Items, string? Next, int Version, long Baskets, long Lines, long Counted, decimal Sales);

/// <summary>A basket: its lines added up, those that count in the figures and those that do not.</summary>
/// <param name="Id">BASKET_ID of the files.</param>
/// <param name="Household">household_key of the files.</param>
/// <param name="Day">DAY of the files.</param>
/// <param name="Date">The day on the calendar.</param>
/// <param name="Time">The first TRANS_TIME of its lines, HHMM as a number.</param>
/// <param name="Store">STORE_ID of the files.</param>
/// <param name="Lines">Lines.</param>
/// <param name="Counted">Those of them that count in the cleaned figures.</param>
/// <param name="Sales">SALES_VALUE of the lines that count, in dollars.</param>
public sealed record Basket(
    [property: JsonPropertyName("basket")] long Id, int Household, int Day, DateOnly Date, int Time, int Store, long Lines, long Counted, decimal Sales);

/// <summary>Rows of the four campaign files that are about one campaign, a page of them.</summary>
/// <param name="Items">By data set, then by load and line.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last one. Opaque.</param>
/// <param name="Version">The version whose loads the rows are of.</param>
/// <param name="Lines">All rows, on whatever page.</param>
public sealed record CampaignLines(IReadOnlyList<CampaignLine> Items, string? Next, int Version, long Lines);

/// <summary>A row about a campaign, with where it comes from. What its data set does not have is null.</summary>
/// <param name="Dataset">The data set that it is of.</param>
/// <param name="LoadId">The load that brought it; the first one, if several have the same row of a set.</param>
/// <param name="MendsLoadId">The load in whose file the line is, if a replay mended it; otherwise null.</param>
/// <param name="File">The file's name, as its sender or its archive calls it; null where it is not known.</param>
/// <param name="Line">The line of the file on which the row begins, counted from 1 with the header; null where it is not known.</param>
/// <param name="Untraced">Why there is no line; null when there is one.</param>
/// <param name="Description">DESCRIPTION of campaign_desc and campaign_table.</param>
/// <param name="StartDay">START_DAY of campaign_desc.</param>
/// <param name="EndDay">END_DAY of campaign_desc.</param>
/// <param name="Household">household_key of campaign_table and coupon_redempt.</param>
/// <param name="Coupon">COUPON_UPC of coupon and coupon_redempt.</param>
/// <param name="Product">PRODUCT_ID of coupon.</param>
/// <param name="Day">DAY of coupon_redempt.</param>
public sealed record CampaignLine(
    string Dataset,
    long LoadId,
    long? MendsLoadId,
    string? File,
    long? Line,
    string? Untraced,
    string? Description,
    int? StartDay,
    int? EndDay,
    int? Household,
    long? Coupon,
    int? Product,
    int? Day);

/// <summary>The rules of the cleaning that leave lines out, in their order.</summary>
public static class LineRules
{
    /// <summary>QUANTITY or SALES_VALUE is zero.</summary>
    public const string Zero = "zero";

    /// <summary>DAY is before the first or after the last day that counts.</summary>
    public const string OutsideDays = "outside_days";

    /// <summary>The product is in no file of products.</summary>
    public const string UnknownProduct = "unknown_product";

    /// <summary>The product's commodity is left out.</summary>
    public const string ExcludedCommodity = "excluded_commodity";

    /// <summary>All lines of the household that the other rules leave fall on one day.</summary>
    public const string SingleDayHousehold = "single_day_household";
}
