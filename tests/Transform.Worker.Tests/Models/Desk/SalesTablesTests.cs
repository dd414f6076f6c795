using static Dunnhumby.Transform.Worker.Tests.Models.Desk.DeskTables;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>The desk's tables of sales, against plain LINQ over the journeys' rows, and by hand.</summary>
public sealed class SalesTablesTests(DeskTables tables) : IClassFixture<DeskTables>
{
    private static readonly int[] Percents = [0, 5, 10, 25, 50, 75, 90, 95, 99, 100];

    private static readonly Dictionary<string, decimal[]> Bins = new(StringComparer.Ordinal)
    {
        ["basket_lines"] = [1, 2, 3, 5, 10, 20, 50, 100],
        ["basket_value"] = [0, 5, 10, 20, 30, 50, 75, 100, 200],
        ["line_value"] = [0, 1, 2, 3, 4, 5, 10, 20],
        ["days_between_visits"] = [1, 2, 3, 4, 7, 8, 15, 29],
    };

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void DeskLines_OfJourney_AreTheCleanedLines(string name)
    {
        tables.ShouldHave(name, "(select household_key, basket_id, day, product_id, sales_value from desk_lines)", JourneyOf(name).Cleaned
            .Select(line => Row(line.Household, line.Basket, line.Day, line.Product, Money(line.Sales))));
        tables.Rows(name, "select * from (select household_key, basket_id, day, product_id, store_id, sales_value from desk_lines) except all (select household_key, basket_id, day, product_id, store_id, sales_value from cleaned_lines)")
            .ShouldBeEmpty();
        tables.Rows(name, "select (select count(*) from desk_lines) - (select count(*) from cleaned_lines)").ShouldBe(["0"]);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void SalesDaily_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        tables.ShouldHave(name, "sales_daily", journey.Cleaned
            .GroupBy(line => (line.Day, journey.ProductOf(line).Department, journey.ProductOf(line).Section))
            .Select(lines => Row(lines.Key.Day, lines.Key.Department, lines.Key.Section, Figures(lines))));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void SalesWeekly_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        var weeks = journey.Cleaned.GroupBy(line => (line.Week, journey.ProductOf(line).Department, journey.ProductOf(line).Section)).ToDictionary(lines => lines.Key);
        int Days(int week) => journey.Cleaned.Where(line => line.Week == week).Select(line => line.Day).Distinct().Count();
        List<string> expected = [.. weeks.Select(week =>
        {
            var before = weeks.GetValueOrDefault((week.Key.Week - 52, week.Key.Department, week.Key.Section))?.Sum(line => line.Sales);
            var sales = week.Value.Sum(line => line.Sales);
            return Row(
                week.Key.Week, week.Key.Department, week.Key.Section, Figures(week.Value), Days(week.Key.Week), before is { } money ? Money(money) : null,
                before is null ? null : Days(week.Key.Week - 52), before is { } former ? Ratio(sales - former, former) : null);
        })];

        tables.ShouldHave(name, "sales_weekly", expected);
        expected.Any(row => !row.EndsWith(" - - -", StringComparison.Ordinal)).ShouldBe(name is Chance);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void StoreWeekly_OfJourney_AgreesWithLinq(string name)
    {
        var weeks = JourneyOf(name).Cleaned.GroupBy(line => (line.Week, line.Store)).ToDictionary(lines => lines.Key);
        tables.ShouldHave(name, "store_weekly", weeks.Select(week =>
        {
            var before = weeks.GetValueOrDefault((week.Key.Week - 52, week.Key.Store))?.Sum(line => line.Sales);
            return Row(
                week.Key.Week, week.Key.Store, Figures(week.Value), before is { } money ? Money(money) : null,
                before is { } former ? Ratio(week.Value.Sum(line => line.Sales) - former, former) : null);
        }));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void SalesByHour_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        tables.ShouldHave(name, "sales_by_hour", journey.Cleaned.GroupBy(line => (Weekday: line.Day % 7, Hour: line.Time / 100)).Select(lines =>
        {
            var days = journey.Cleaned.Select(line => line.Day).Distinct().Count(day => day % 7 == lines.Key.Weekday);
            var (sales, baskets) = (lines.Sum(line => line.Sales), Baskets(lines));
            return Row(
                lines.Key.Weekday, lines.Key.Hour, Money(sales), lines.Sum(line => line.Quantity), baskets, lines.Count(), days, Ratio(sales, days), Ratio(baskets, days));
        }));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void BasketProfile_OfJourney_AgreesWithLinq(string name)
    {
        var cleaned = JourneyOf(name).Cleaned;
        Dictionary<string, List<decimal>> observed = new(StringComparer.Ordinal)
        {
            ["basket_lines"] = [.. cleaned.GroupBy(line => line.Basket).Select(lines => (decimal)lines.Count())],
            ["basket_value"] = [.. cleaned.GroupBy(line => line.Basket).Select(lines => lines.Sum(line => line.Sales))],
            ["line_value"] = [.. cleaned.Select(line => line.Sales)],
            ["days_between_visits"] =
            [
                .. cleaned.GroupBy(line => line.Household).Select(lines => lines.Select(line => line.Day).Distinct().Order().ToList())
                    .SelectMany(days => days.Zip(days.Skip(1), (day, next) => (decimal)(next - day))),
            ],
        };
        tables.ShouldHave(name, "basket_profile", Bins.SelectMany(measure =>
        {
            var values = observed[measure.Key].Order().ToList();
            var bins = measure.Value.Select((from, index) =>
            {
                var below = index + 1 < measure.Value.Length ? measure.Value[index + 1] : (decimal?)null;
                var count = values.Count(value => value >= from && (below is null || value < below));
                return Row(measure.Key, "bin", index + 1, Money(from), below is { } bound ? Money(bound) : null, count, values.Count, Ratio(count, values.Count));
            });
            var quantiles = Percents.Select(percent =>
            {
                var value = values[Math.Max(1, ((percent * values.Count) + 99) / 100) - 1];
                var count = values.Count(other => other <= value);
                return Row(measure.Key, "quantile", percent, Money(value), null, count, values.Count, Ratio(count, values.Count));
            });
            return bins.Concat(quantiles);
        }));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void ExcludedSales_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        (string Part, IReadOnlyList<DeskLine> Lines)[] parts =
        [
            ("loaded", journey.Lines), ("zero", journey.Zero), ("outside_days", journey.OutsideDays), ("unknown_product", journey.UnknownProduct),
            ("excluded_commodity", journey.ExcludedCommodity), ("single_day_household", journey.SingleDay), ("shown", journey.Cleaned),
        ];
        var loaded = journey.Lines.ToLookup(line => line.Day);
        tables.ShouldHave(name, "excluded_sales", parts.SelectMany(part => part.Lines.GroupBy(line => line.Day).Select(lines => Row(
            lines.Key, part.Part, lines.Count(), Money(lines.Sum(line => line.Sales)),
            Ratio(lines.Count(), loaded[lines.Key].Count()), Ratio(lines.Sum(line => line.Sales), loaded[lines.Key].Sum(line => line.Sales))))));
        if (name is Chance)
        {
            parts.ShouldAllBe(part => part.Lines.Count > 0);
        }
    }

    /// <summary>On DAY 200 household 1 buys beef for 10.00 (2 units, a coupon of 1.00) and household 2 for 5.00 (1 unit): 15.00, 3 units, two baskets, two households.</summary>
    [Fact]
    public void SalesDaily_BeefOfDay200_IsSummedByHand() =>
        tables.Rows(Small, "select * from sales_daily where day = 200 and section = 'meat'").ShouldBe(["200 MEAT meat 15.00 3 2 2 2 0.00 1.00 0.00"]);

    /// <summary>The same two lines in week 29, of which the data have DAY 200 only; there is no week -23.</summary>
    [Fact]
    public void SalesWeekly_BeefOfWeek29_IsSummedByHand() =>
        tables.Rows(Small, "select * from sales_weekly where week_no = 29 and section = 'meat'").ShouldBe(["29 MEAT meat 15.00 3 2 2 2 0.00 1.00 0.00 1 - - -"]);

    /// <summary>Store 300 in week 29 is household 1's basket of butter 2.50 (card discount 0.50) and beef 10.00 (coupon 1.00): 12.50, 1 + 2 units.</summary>
    [Fact]
    public void StoreWeekly_Store300InWeek29_IsSummedByHand() =>
        tables.Rows(Small, "select * from store_weekly where week_no = 29 and store_id = 300").ShouldBe(["29 300 12.50 3 1 1 2 0.50 1.00 0.00 - -"]);

    /// <summary>DAY 200 = 28 x 7 + 4 is weekday 4, the only one of its kind (230 is 6, 400 is 1). At 9:30 there is the basket of 12.50 with two lines and three units.</summary>
    [Fact]
    public void SalesByHour_NineOnWeekday4_IsSummedByHand() =>
        tables.Rows(Small, "select * from sales_by_hour where weekday = 4 and hour = 9").ShouldBe(["4 9 12.50 3 1 2 1 12.500000 1.000000"]);

    /// <summary>Four baskets have 2, 1, 1 and 1 lines: three of four are in the bin of one line, and the median, the second of 1, 1, 1, 2, is 1.</summary>
    [Fact]
    public void BasketProfile_LinesOfFourBaskets_AreCountedByHand() =>
        tables.Rows(Small, "select * from basket_profile where measure = 'basket_lines' and (kind = 'bin' and position <= 2 or kind = 'quantile' and position = 50) order by kind, position")
            .ShouldBe(["basket_lines bin 1 1.00 2.00 3 4 0.750000", "basket_lines bin 2 2.00 3.00 1 4 0.250000", "basket_lines quantile 50 1.00 - 3 4 0.750000"]);

    /// <summary>
    /// Household 3 comes on DAY 300 only and is left out with its 7.00. On DAY 400 one of two lines is 0.00. In all 2.50 + 10 + 3.25 + 5 + 1.25 + 0 + 7 = 29.00
    /// are loaded in seven lines, and 22.00 in five lines are shown.
    /// </summary>
    [Fact]
    public void ExcludedSales_OfSmallJourney_AddUpByHand()
    {
        tables.Rows(Small, "select * from excluded_sales where day >= 300 order by day, part").ShouldBe(
        [
            "300 loaded 1 7.00 1.000000 1.000000", "300 single_day_household 1 7.00 1.000000 1.000000",
            "400 loaded 2 1.25 1.000000 1.000000", "400 shown 1 1.25 0.500000 1.000000", "400 zero 1 0.00 0.500000 0.000000",
        ]);
        tables.Rows(Small, "select part, sum(lines), sum(sales_value) from excluded_sales group by part order by part").ShouldBe(
            ["loaded 7 29.00", "shown 5 22.00", "single_day_household 1 7.00", "zero 1 0.00"]);
    }

    private static string Figures(IEnumerable<DeskLine> lines)
    {
        var all = lines.ToList();
        return Row(
            Money(all.Sum(line => line.Sales)), all.Sum(line => line.Quantity), Baskets(all), all.Select(line => line.Household).Distinct().Count(), all.Count,
            Money(all.Sum(line => line.RetailDiscount)), Money(all.Sum(line => line.CouponDiscount)), Money(all.Sum(line => line.MatchDiscount)));
    }

    private static int Baskets(IEnumerable<DeskLine> lines) => lines.Select(line => line.Basket).Distinct().Count();
}
