using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Contracts.Tables;

namespace Dunnhumby.Dashboard.Web.Tests.Stubs;

/// <summary>Small answers with figures that can be added up by hand. DAY 1 is 2004-03-23, so DAY 278 is 2004-12-25.</summary>
internal static class Sample
{
    internal static readonly DateOnly DayOne = new(2004, 3, 23);
    internal static readonly DateTimeOffset Published = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    /// <summary>As the service refuses what it has never computed.</summary>
    internal const string TableMissing =
        """{"type":"urn:dunnhumby:problem:table-missing","title":"There are no figures of spend yet.","status":503,"detail":"The table daily_household_spend has not been computed yet."}""";

    internal static InsightsVersion NoVersion { get; } = new(0, PublishedAt: null, DayOne: null, [], [], []);

    internal static InsightsVersion Version(int number) => new(
        number,
        Published,
        DayOne,
        [new VersionLoad(4, DatasetNames.Transactions, new string('a', 64), 75_000, Published)],
        [new VersionTable("household_summary", 2_262, "one household", ["household_key"]), new VersionTable("campaign_summary", 30, "one campaign", ["campaign"])],
        [
            new VersionNotice("lines_unknown_product", 1, "Lines of unknown products are left out."),
            new VersionNotice("lines_outside_days", 0, "Lines outside the days are left out."),
        ]);

    /// <summary>Version 7 with two tables that are out of date since load 17, and one that never was computed.</summary>
    internal static InsightsVersion StaleVersion { get; } = Version(7) with
    {
        Loads = [new VersionLoad(4, DatasetNames.Transactions, "a", 75_000, Published), new VersionLoad(17, DatasetNames.Campaigns, "b", 30, Published)],
        StaleTables =
        [
            Stale("daily_campaign_sales", "A sum is too large.", [17], [17, 18]),
            Stale("campaign_summary", "A sum is too large.", [17], [17]) with { WithdrawnLoads = [3] },
            Stale("orphans", "A file cannot be read.", [], []) with { IsAbsent = true, ComputedVersion = null, ComputedAt = null },
        ],
    };

    internal static StaleTable Stale(string name, string reason, long[] suspected, long[] missing) => new(
        name, TableSubjects.Of(name), IsAbsent: false, ComputedVersion: 5, Published.AddHours(-2), Published, reason, $"{name}: Out of Range Error", suspected, missing, []);

    internal static DateOnly Date(int day) => DayOne.AddDays(day - 1);

    /// <summary>Days 276, 277 and 279: nothing on Christmas. 100.50 + 200.25 + 50.00 = 350.75.</summary>
    internal static StoreDay[] StoreDays { get; } =
    [
        new(276, Date(276), 100.50m, 10, 9, 30),
        new(277, Date(277), 200.25m, 20, 18, 60),
        new(279, Date(279), 50.00m, 5, 5, 15),
    ];

    /// <summary>Store 1 sold for 350.75, store 2 for 1,052.25: a quarter and three quarters of 1,403.00.</summary>
    internal static StoreSales[] Stores { get; } =
    [
        new(1, 350.75m, 105, 3, 276, Date(276), 279, Date(279)),
        new(2, 1_052.25m, 300, 2, 276, Date(276), 277, Date(277)),
    ];

    /// <summary>The days of <see cref="StoreDays"/> as those of one store.</summary>
    internal static StoreDaySales[] DaysOfStore(int store) => [.. StoreDays.Select(day => new StoreDaySales(store, day.Day, day.Date, day.Sales, day.Baskets, day.Households, day.Lines))];

    internal static Household Household(int key) => new(
        key, Age45Plus: true, Income50kPlus: null, SingleCoupleFamily: 2, HasKids: false, Single: false, Couple: true, 101, 700, 12, 4, 3, 5, 12, 3,
        Sections.All.ToDictionary(section => section, _ => 1m, StringComparer.Ordinal), 1_234.56m);

    /// <summary>Two weeks: meat 10 and dairy 5 on Monday 2004-07-05, meat 2.50 on Tuesday 2004-07-13.</summary>
    internal static DailySpend Spend(int key) => new(
        key,
        Sections.All,
        [
            new SpendDay(105, new DateOnly(2004, 7, 5), Amounts(("meat", 10m), ("dairy", 5m)), 15m),
            new SpendDay(113, new DateOnly(2004, 7, 13), Amounts(("meat", 2.50m)), 2.50m),
        ]);

    internal static Campaign Campaign(int number) => new(
        number, "TypeA", 277, Date(277), 278, Date(278), 2, 17,
        new CampaignPeriod(100.50m, 1, 100.5m), new CampaignPeriod(200.25m, 2, 100.125m), new CampaignPeriod(50m, 1, 50m), new CampaignPeriod(350.75m, 4, 87.6875m));

    internal static DaySales[] CampaignSales { get; } = [.. StoreDays.Select(day => new DaySales(day.Day, day.Date, day.Sales))];

    internal static Load Load(long id, string state = LoadStates.Completed) => new(
        id, DatasetNames.Transactions, state, new string('b', 64), 1_400_000, 100, 97, 2, 1, 0, 215_000.12m, Published, Published, "4bf92f3577b34da6a3ce929d0e0e4736");

    internal static Dataset[] Datasets(params string[] loaded) =>
    [
        .. DatasetNames.All.Select(name => new Dataset(
            name, $"{name}.csv", "row", [], loaded.Contains(name, StringComparer.Ordinal) ? 1 : 0, 10, loaded.Contains(name, StringComparer.Ordinal) ? Published : null)),
    ];

    /// <summary>Daily sales as a described table of the subject Sales.</summary>
    internal static DescribedTable Table { get; } = new("sales_daily", 3, "one row per day and department", ["day", "department", "sales_value", "lines"], new TableAbout(
        "Cleaned sales of a day and department.",
        "transform",
        ["day", "department"],
        [
            new TableColumnAbout("day", "integer", "DAY of the lines.", "DAY", Source: null),
            new TableColumnAbout("department", "text", "DEPARTMENT of the products.", Unit: null, Source: null),
            new TableColumnAbout("sales_value", "decimal(18,2)", "Cleaned sales.", "dollars", Source: null) { IsAdditive = true },
            new TableColumnAbout("lines", "integer", "Cleaned lines.", "lines", Source: null) { IsAdditive = true },
        ])
    {
        Subject = "Sales",
        Schedule = "0 15 3 * * ?",
    });

    /// <summary>Two of the table's three rows: 1,234.50 + 0.50 = 1,235.00, and one of 20.00 on the next page makes 1,255.00.</summary>
    internal static PageOfRows Rows(string? next) => new(
        [
            new PagedColumn("day", "day", "integer", "DAY of the lines.", "DAY", IsKey: true),
            new PagedColumn("department", "department", "text", "DEPARTMENT of the products.", Unit: null, IsKey: true),
            new PagedColumn("sales_value", "salesValue", "decimal(18,2)", "Cleaned sales.", "dollars", IsKey: false),
            new PagedColumn("lines", "lines", "integer", "Cleaned lines.", "lines", IsKey: false),
        ],
        [
            new JsonObject { ["day"] = 1276, ["department"] = "DELI", ["sales_value"] = 1234.50m, ["lines"] = 3210 },
            new JsonObject { ["day"] = 1276, ["department"] = "a\u202Eb<script>", ["sales_value"] = 0.50m, ["lines"] = null },
        ],
        next,
        new TableTotals(3, new Dictionary<string, decimal>(StringComparer.Ordinal) { ["sales_value"] = 1255.00m, ["lines"] = 3215 }));

    private static decimal[] Amounts(params (string Section, decimal Amount)[] amounts) =>
        [.. Sections.All.Select(section => amounts.FirstOrDefault(amount => string.Equals(amount.Section, section, StringComparison.Ordinal)).Amount)];
}
