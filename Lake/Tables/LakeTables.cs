using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Lake.Tables;

/// <summary>The contract of the eight files: columns, types, accepted values and units of replacement.</summary>
public static class LakeTables
{
    /// <summary>Week and day limits of the panel: 102 weeks; DAY 711 is the last of the original files.</summary>
    public const int LastDay = 711;

    private const int LastWeek = 102;

    public static LakeTable Transactions { get; } = new(DatasetNames.Transactions, ReplacementUnit.Group, ["basket_id"],
    [
        Key("household_key"),
        new("BASKET_ID", ColumnKind.Int64) { Min = 0 },
        Day("DAY"),
        Key("PRODUCT_ID"),
        new("QUANTITY", ColumnKind.Int32) { Min = 0 },
        new("SALES_VALUE", ColumnKind.Money) { Min = 0 },
        Key("STORE_ID"),
        new("RETAIL_DISC", ColumnKind.Money) { Min = -999_999_999 },
        new("TRANS_TIME", ColumnKind.Int32) { Min = 0, Max = 2359, IsTimeOfDay = true },
        Week("WEEK_NO"),
        new("COUPON_DISC", ColumnKind.Money) { Min = -999_999_999, Max = 0 },
        new("COUPON_MATCH_DISC", ColumnKind.Money) { Min = -999_999_999, Max = 0 },
    ]);

    public static LakeTable Products { get; } = new(DatasetNames.Products, ReplacementUnit.Key, ["product_id"],
    [
        Key("PRODUCT_ID"),
        Key("MANUFACTURER"),
        Label("DEPARTMENT"),
        Code("BRAND", "National", "Private"),
        Label("COMMODITY_DESC"),
        Label("SUB_COMMODITY_DESC"),
        Label("CURR_SIZE_OF_PRODUCT"),
    ]);

    public static LakeTable Demographics { get; } = new(DatasetNames.Demographics, ReplacementUnit.Key, ["household_key"],
    [
        Label("AGE_DESC"),
        Code("MARITAL_STATUS_CODE", "A", "B", "U"),
        Label("INCOME_DESC"),
        Label("HOMEOWNER_DESC"),
        Label("HH_COMP_DESC"),
        Label("HOUSEHOLD_SIZE_DESC"),
        Label("KID_CATEGORY_DESC"),
        Key("household_key"),
    ]);

    public static LakeTable Campaigns { get; } = new(DatasetNames.Campaigns, ReplacementUnit.Key, ["campaign"],
    [
        CampaignType(),
        Key("CAMPAIGN"),
        CampaignDay("START_DAY"),
        CampaignDay("END_DAY"),
    ])
    {
        Rules = [new RowRule("end_before_start", "START_DAY", "END_DAY")],
    };

    public static LakeTable CampaignHouseholds { get; } = new(DatasetNames.CampaignHouseholds, ReplacementUnit.Row, ["description", "household_key", "campaign"],
    [
        CampaignType(),
        Key("household_key"),
        Key("CAMPAIGN"),
    ]);

    public static LakeTable Coupons { get; } = new(DatasetNames.Coupons, ReplacementUnit.Row, ["coupon_upc", "product_id", "campaign"],
    [
        new("COUPON_UPC", ColumnKind.Int64) { Min = 0 },
        Key("PRODUCT_ID"),
        Key("CAMPAIGN"),
    ]);

    public static LakeTable CouponRedemptions { get; } = new(DatasetNames.CouponRedemptions, ReplacementUnit.Row, ["household_key", "day", "coupon_upc", "campaign"],
    [
        Key("household_key"),
        Day("DAY"),
        new("COUPON_UPC", ColumnKind.Int64) { Min = 0 },
        Key("CAMPAIGN"),
    ]);

    public static LakeTable Causal { get; } = new(DatasetNames.Causal, ReplacementUnit.Key, ["product_id", "store_id", "week_no"],
    [
        Key("PRODUCT_ID"),
        Key("STORE_ID"),
        Week("WEEK_NO"),
        Code("display", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "A"),
        Code("mailer", "0", "A", "C", "D", "F", "H", "J", "L", "P", "X", "Z"),
    ]);

    /// <summary>All eight, in the order of <see cref="DatasetNames.All"/>.</summary>
    public static IReadOnlyList<LakeTable> All { get; } =
        [Transactions, Products, Demographics, Campaigns, CampaignHouseholds, Coupons, CouponRedemptions, Causal];

    /// <summary>The table of a data set, or null when there is none of that name (compared exactly).</summary>
    public static LakeTable? Find(string dataset) => All.FirstOrDefault(table => string.Equals(table.Name, dataset, StringComparison.Ordinal));

    private static LakeColumn Key(string header) => new(header, ColumnKind.Int32) { Min = 0 };

    private static LakeColumn Day(string header) => new(header, ColumnKind.Int32) { Min = 1, Max = LastDay };

    /// <summary>Campaigns may be announced beyond the last day of the transactions.</summary>
    private static LakeColumn CampaignDay(string header) => new(header, ColumnKind.Int32) { Min = 1, Max = 9_999 };

    private static LakeColumn Week(string header) => new(header, ColumnKind.Int32) { Min = 1, Max = LastWeek };

    private static LakeColumn Label(string header) => new(header, ColumnKind.Text) { Nullable = true };

    private static LakeColumn Code(string header, params string[] codes) => new(header, ColumnKind.Text) { Codes = codes };

    private static LakeColumn CampaignType() => Code("DESCRIPTION", "TypeA", "TypeB", "TypeC");
}
