using Dunnhumby.Contracts.Baskets;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Products;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Contracts.Search;
using Dunnhumby.Contracts.Segments;
using Dunnhumby.Contracts.Stores;
using Dunnhumby.Contracts.Totals;

namespace Dunnhumby.Insights.Api.Reference;

/// <summary>Examples of the rows of the retail desk's tables, most of them those that docs/insights.md explains.</summary>
internal static class DeskExamples
{
    /// <param name="date">The date of a DAY.</param>
    internal static IEnumerable<object> All(Func<int, DateOnly> date) =>
    [
        new DepartmentDay(101, date(101), "GROCERY", "dairy", 152.20m, 61, 20, 18, 64, 9.40m, 1.00m, 0.00m),
        new DepartmentWeek(93, "DELI", "dairy", 49.40m, 14, 12, 12, 14, 3.10m, 0.00m, 0.00m, 7, 10.22m, 2, 3.833659m),
        new SalesHour(5, 16, 4_008.81m, 1_702, 611, 1_299, 53, 75.637925m, 11.528302m),
        new ExcludedSales(101, date(101), "excluded_commodity", 6, 61.30m, 0.048387m, 0.164019m),
        new StoreSummary(292, 101, date(101), 707, date(707), 349, 4_811.20m, 2_044, 1_730, 688, 214, 902, 801.33m, 22.50m, 4.10m, 0.022505m, 6.993023m, 2.970930m, 22.482243m, 13.785673m),
        new StoreWeek(93, 292, 61.18m, 24, 9, 8, 22, 9.80m, 0.00m, 0.00m, 55.02m, 0.111959m),
        new ProductSummary(
            5569471, "GROCERY", "beverages", "SOFT DRINKS", "SOFT DRINKS 12/18&15PK CAN CAR", "National", 103, "12 OZ", 402, date(402), 706, date(706), 612.50m, 244, 118, 96, 61, 14, 0.229508m,
            0.026967m, 401.12m, 22.00m, 0.00m, 2.420082m, 4.154180m),
        new ProductWeek(5569471, 67, 82.50m, 33, 8, 7, 682, 0.010264m, 1, 0.142857m, 72.27m, 15.00m, 0.00m, 2.045455m, 4.690000m, 41, 98),
        new DepartmentSummary("GROCERY", 9_811, 109_442.10m, 51_020, 48_100, 27_340, 2_201, 21_004.33m, 1_020.00m, 88.10m, 0.511931m, 0.973033m, 4.003003m, 0.161570m),
        new PrivateLabelShare("GROCERY", "FLUID MILK PRODUCTS", 5_979.21m, 5_368.68m, 2_871, 2_610, 2_502, 2_284, 1_190, 1_128, 0.897891m, 0.909091m, 0.947899m),
        new BasketProfile("basket_value", "quantile", 50, 3.00m, BelowValue: null, 23_410, 46_115, 0.507644m),
        new BasketAffinity(
            "commodity", "CAT FOOD", "CAT LITTER", "CAT FOOD", "CAT LITTER", 9, 438, 79, 46_115, 0.000195m, 0.020548m, 0.113924m, 11.994538m, 0.000179m, 41_905, -1.506m, IsSignificant: true),
        new SegmentSummary(0, "champion", 418, 2_262, 0.184792m, 4_020, 26_410.18m, 0.477956m, 63.182249m, 9.617225m, 6.220096m),
        new SegmentMigration(0, "champion", "champion", 213, 410, 0.519512m),
        new HouseholdSegment(0, 1, 621, date(621), 711, date(711), 91, 11, 9, 61.40m, 4, 5, 4, "champion"),
        new CohortMonth(0, 1, 1, date(1), 28, 1_432, 1_164, 2_811, 14_020.55m, 0.812849m, 9.790887m),
        new CampaignPerformance(
            18, "TypeA", 587, date(587), 642, date(642), 56, 17_541, 1_133, 1_120, 1_049, 214, 653, 0.988526m, 0.188879m, 56, 56, 56, 11_638.31m, 12_713.24m, 11_904.70m, 9_120.55m, 10_570.60m,
            9_980.12m, 0.092361m, 0.158986m, -0.066625m),
        new CouponPerformance(18, 51111133333, 12, 1_133, 9, 8, 601, 640, 14, 36.10m, 9.00m, 0.007061m, 1.000000m),
        new SalesTotals(1, 152.20m, 61, 64, 9.40m, 1.00m, 0.00m),
        new HourTotals(1, 4_008.81m, 1_702, 1_299),
        new LineTotals(1, 6, 61.30m),
        new PrivateLabelTotals(1, 5_979.21m, 5_368.68m, 2_871, 2_610, 2_502, 2_284),
        new PurchaseTotals(1, 26_410.18m),
        new RedemptionTotals(1, 653),
        new RowTotals(1),
        new SearchEntry("commodity", "TROPICAL FRUIT", "TROPICAL FRUIT", "PRODUCE", 3_120.44m, 1.125m, "/products?commodity=TROPICAL%20FRUIT"),
    ];
}
