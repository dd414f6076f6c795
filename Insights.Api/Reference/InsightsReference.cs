using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Dunnhumby.Contracts.Baskets;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Contracts.Lines;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Products;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Contracts.Search;
using Dunnhumby.Contracts.Segments;
using Dunnhumby.Contracts.Stores;
using Dunnhumby.Contracts.Tables;
using Dunnhumby.Contracts.Totals;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.ServiceDefaults.Reference;

namespace Dunnhumby.Insights.Api.Reference;

/// <summary>What the reference says besides the code. The examples are of one small panel, and agree with each other.</summary>
internal static class InsightsReference
{
    internal static readonly ApiReference Reference = new()
    {
        Title = "Dunnhumby insights",
        Description =
            """
            Read-only access to the published version of the derived tables. Every answer comes from one version and carries it as its `ETag`
            (`"v123"`): send it back as `If-None-Match` and get 304 until something new is published. The last versions are kept: `?version=122` reads
            a former one, GET /versions lists them and compares them. Money is in dollars with two decimals,
            averages have six: `format: decimal` says that they are exact and belong in a decimal type. Answers are compressed with brotli or gzip for clients that accept it. Errors are problem+json with a stable `type`;
            a query parameter that an address does not have is one.
            """,
        Tags = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Version"] = "What is published.",
            ["Households"] = "Profiles, scores and spend.",
            ["Campaigns"] = "Sales of listed products before, during and after.",
            ["Sales"] = "Sales of the whole panel, of each store, department and hour.",
            ["Search"] = "Finds products, commodities, departments, households and campaigns by their texts.",
            ["Stores"] = "Stores in all, and week by week.",
            ["Products"] = "Products, departments and commodities: sales, buyers, prices, promotions.",
            ["Baskets"] = "How large baskets are, and what is bought together.",
            ["Segments"] = "Segments of households by quarter, and cohorts.",
            ["Tables"] = "Derived tables, as a whole or by pages of rows: JSON, CSV or Parquet.",
            ["Orphans"] = "Rows that point at nothing.",
            ["Versions"] = "The versions that are kept, and in what they differ.",
            ["Lineage"] = "Where the figures come from.",
            ["Lines"] = "From a figure to its lines: load, file and line number.",
        },
        Parameters = new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["q"] = "bananna",
            ["name"] = "daily_sales",
            ["table"] = "household_summary",
            ["from"] = 122,
            ["to"] = 123,
            ["householdKey"] = 1,
            ["campaign"] = 13,
            ["basketId"] = 27601281299,
        },
        Examples =
        [
            new InsightsVersion(
                123,
                new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero),
                Date(1),
                [new VersionLoad(17, "transaction_data", new string('a', 64), 75_000, new DateTimeOffset(2026, 3, 1, 9, 29, 30, TimeSpan.Zero))],
                [Table],
                [new VersionNotice("unknown_products", 1, "1 line has a product that product.csv does not have: it is left out.")]),
            new Household(
                1, Age45Plus: true, Income50kPlus: false, SingleCoupleFamily: 2, HasKids: false, Single: false, Couple: true, FirstDay: 101, LastDay: 700, Baskets: 86,
                RScore: 4, FScore: 5, MScore: 5, RfmScore: 14, RfmBin: 4, Sections.All.ToDictionary(section => section, section => section is "dairy" ? 412.07m : 0.00m, StringComparer.Ordinal), 412.07m),
            new DailySpend(1, ["dairy", "produce"], [new SpendDay(101, Date(101), [3.20m, 1.15m], 4.35m)]),
            new Campaign(
                9, "TypeB", 435, Date(435), 467, Date(467), 33, 1_200,
                new CampaignPeriod(66_800.00m, 334, 200.000000m), new CampaignPeriod(7_260.00m, 33, 220.000000m),
                new CampaignPeriod(50_610.00m, 241, 210.000000m), new CampaignPeriod(124_670.00m, 608, 205.049342m)),
            new DaySales(435, Date(435), 220.10m),
            new StoreDay(101, Date(101), 312.45m, 24, 21, 118),
            new StoreSales(292, 4_811.20m, 1_730, 349, 101, Date(101), 707, Date(707)),
            new StoreDaySales(292, 101, Date(101), 18.15m, 2, 2, 7),
            new DescribedTable(Table.Name, Table.Rows, Table.Grain, Table.Columns, new TableAbout(
                "Cleaned sales of a day over all stores.", "transform", ["day"], [new TableColumnAbout("sales_value", "decimal(18,2)", "Cleaned sales of the day.", "dollars", Source: null)])),
            new LineageGraph(
                123, new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), 41, [DailySales],
                [new LineageEndpoint("/sales/daily", "Cleaned sales of the whole panel by day.", ["daily_sales"])], [new ReadingPage("/", "Overview", ["/sales/daily"])]),
            new PageOfRows(
                [
                    new PagedColumn("day", "day", "integer", "The DAY of the lines.", "DAY", IsKey: true),
                    new PagedColumn("sales_value", "salesValue", "decimal(18,2)", "Cleaned sales of the day.", "dollars", IsKey: false),
                ],
                [new JsonObject { ["day"] = 101, ["sales_value"] = 312.45m }], Next: null, new TableTotals(1, new Dictionary<string, decimal>(StringComparer.Ordinal) { ["sales_value"] = 312.45m })),
            new TableRow { ["day"] = 101, ["sales_value"] = 312.45m, ["baskets"] = 24, ["households"] = 21, ["lines"] = 118 },
            new VersionSummary(
                123, new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), IsCurrent: true, 61, "load 17", By: null, LoadsAdded: [17], LoadsWithdrawn: [],
                ["household_summary", "daily_sales"], 48_211),
            new VersionDifference(122, 123, [new TableDifference("household_summary", "households", ["household_key"], Added: 0, Removed: 0, Changed: 2)]),
            new RowDifference(
                "changed", new Dictionary<string, string>(StringComparer.Ordinal) { ["household_key"] = "1" },
                [new ValueDifference("rfm_bin", "3", "4"), new ValueDifference("total_sales", "398.12", "412.07")]),
            new SegmentDifference([new SegmentMove(3, 4, 1)], [new SegmentChange(1, 3, 4)], Next: null),
            new TransactionLines([Line], Next: null, 123, Lines: 1, Counted: 1, 3.20m),
            new HouseholdBaskets(
                [new Basket(27601281299, 1, 101, Date(101), 1456, 292, Lines: 1, Counted: 1, 3.20m)], Next: null, 123, Baskets: 1, Lines: 1, Counted: 1, 3.20m),
            new CampaignLines(
                [new CampaignLine("coupon", 12, MendsLoadId: null, "coupon.csv", 407, Untraced: null, Description: null, StartDay: null, EndDay: null, Household: null, 51111133333, 1082185, Day: null)],
                Next: null, 123, Lines: 1),
            .. DeskExamples.All(Date),
            new OrphanReference("transaction_data", "PRODUCT_ID", "product", IsTargetLoaded: true, 3, 1, [new OrphanKey("5978656", 3)], [new OrphanLoad(17, 3)]),
        ],
    };

    private static VersionTable Table => new("daily_sales", 608, "one row per day with sales", ["day", "sales_value", "baskets", "households", "lines"]);

    private static LineageTable DailySales => new(
        "daily_sales", LineageKinds.Table, "Cleaned sales of a day over all stores.", "one row per day with cleaned lines", "transform", ["cleaned_lines"],
        [new LineageColumn("sales_value", "decimal(18,2)", "Cleaned sales of the day.", "dollars", Source: null, [new LineageSource("cleaned_lines", "sales_value", "aggregated")], IsExact: true)],
        [new LineageSource("cleaned_lines", "day", "group")],
        [new LineageTest("daily_sales_key", "The key of daily_sales is unique and without nulls.", "error")],
        "select day, sum(sales_value) as sales_value from cleaned_lines group by day")
    {
        Freshness = new LineageFreshness("fresh", 123, new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero), [17], 608, Reason: null),
    };

    private static TransactionLine Line => new(
        17, MendsLoadId: null, "transaction_data.csv", 52_310, Untraced: null, Household: 1, 27601281299, 101, Date(101), 1082185, "dairy", 2, 3.20m, 292, -0.40m, 1456, 16, 0.00m, 0.00m,
        Counts: true, LeftOutBy: null);

    private static DateOnly Date(int day) => new DateOnly(2004, 3, 23).AddDays(day - 1);
}

/// <summary>Serialization of every answer, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(InsightsVersion))]
[JsonSerializable(typeof(Household))]
[JsonSerializable(typeof(Page<Household>))]
[JsonSerializable(typeof(DailySpend))]
[JsonSerializable(typeof(IReadOnlyList<Campaign>))]
[JsonSerializable(typeof(IReadOnlyList<DaySales>))]
[JsonSerializable(typeof(IReadOnlyList<StoreDay>))]
[JsonSerializable(typeof(IReadOnlyList<StoreSales>))]
[JsonSerializable(typeof(Page<StoreDaySales>))]
[JsonSerializable(typeof(IReadOnlyList<DescribedTable>))]
[JsonSerializable(typeof(LineageGraph))]
[JsonSerializable(typeof(IReadOnlyList<LineageTable>))]
[JsonSerializable(typeof(IReadOnlyList<OrphanReference>))]
[JsonSerializable(typeof(IReadOnlyList<OrphanKey>))]
[JsonSerializable(typeof(IReadOnlyList<OrphanLoad>))]
[JsonSerializable(typeof(Page<VersionSummary>))]
[JsonSerializable(typeof(VersionDifference))]
[JsonSerializable(typeof(Page<RowDifference>))]
[JsonSerializable(typeof(SegmentDifference))]
[JsonSerializable(typeof(TransactionLines))]
[JsonSerializable(typeof(HouseholdBaskets))]
[JsonSerializable(typeof(CampaignLines))]
[JsonSerializable(typeof(PageOfRows))]
[JsonSerializable(typeof(RowPage<DepartmentDay, SalesTotals>))]
[JsonSerializable(typeof(RowPage<DepartmentWeek, SalesTotals>))]
[JsonSerializable(typeof(RowPage<SalesHour, HourTotals>))]
[JsonSerializable(typeof(RowPage<ExcludedSales, LineTotals>))]
[JsonSerializable(typeof(RowPage<StoreSummary, SalesTotals>))]
[JsonSerializable(typeof(RowPage<StoreWeek, SalesTotals>))]
[JsonSerializable(typeof(RowPage<ProductSummary, SalesTotals>))]
[JsonSerializable(typeof(RowPage<ProductWeek, SalesTotals>))]
[JsonSerializable(typeof(RowPage<DepartmentSummary, SalesTotals>))]
[JsonSerializable(typeof(RowPage<PrivateLabelShare, PrivateLabelTotals>))]
[JsonSerializable(typeof(RowPage<BasketProfile, RowTotals>))]
[JsonSerializable(typeof(RowPage<BasketAffinity, RowTotals>))]
[JsonSerializable(typeof(RowPage<SegmentSummary, PurchaseTotals>))]
[JsonSerializable(typeof(RowPage<SegmentMigration, RowTotals>))]
[JsonSerializable(typeof(RowPage<HouseholdSegment, PurchaseTotals>))]
[JsonSerializable(typeof(RowPage<CohortMonth, PurchaseTotals>))]
[JsonSerializable(typeof(RowPage<CampaignPerformance, RedemptionTotals>))]
[JsonSerializable(typeof(RowPage<CouponPerformance, RedemptionTotals>))]
[JsonSerializable(typeof(IReadOnlyList<SearchEntry>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class InsightsJson : JsonSerializerContext;
