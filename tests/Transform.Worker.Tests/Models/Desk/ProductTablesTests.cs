using static Dunnhumby.Transform.Worker.Tests.Models.Desk.DeskTables;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>The desk's tables of products, departments and stores, against plain LINQ over the journeys' rows, and by hand.</summary>
public sealed class ProductTablesTests(DeskTables tables) : IClassFixture<DeskTables>
{
    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void ProductSummary_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        var panel = Households(journey.Cleaned);
        tables.ShouldHave(name, "product_summary", journey.Cleaned.GroupBy(line => line.Product).Select(lines =>
        {
            var product = journey.Products[lines.Key];
            var repeats = lines.GroupBy(line => line.Household).Count(own => own.Select(line => line.Day).Distinct().Count() > 1);
            return Row(
                product.Id, product.Department, product.Section, product.Commodity, product.SubCommodity, product.Brand, product.Manufacturer, product.Size,
                lines.Min(line => line.Day), lines.Max(line => line.Day), Sales(lines), Units(lines), lines.Count(), Baskets(lines), Households(lines), repeats,
                Ratio(repeats, Households(lines)), Ratio(Households(lines), panel), Discounts(lines), Prices(lines));
        }));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void ProductWeekly_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        var coveredWeeks = journey.Promotions.Select(promotion => promotion.Week).ToHashSet();
        List<string> expected = [.. journey.Cleaned.GroupBy(line => (line.Product, line.Week)).Select(lines =>
        {
            var active = Households(journey.Cleaned.Where(line => line.Week == lines.Key.Week));
            var repeats = lines.Select(line => line.Household).Distinct().Count(household =>
                journey.Cleaned.Any(line => line.Household == household && line.Product == lines.Key.Product && line.Week < lines.Key.Week));
            var promotions = journey.Promotions.Where(promotion => promotion.Product == lines.Key.Product && promotion.Week == lines.Key.Week).ToList();
            var isCovered = coveredWeeks.Contains(lines.Key.Week);
            return Row(
                lines.Key.Product, lines.Key.Week, Sales(lines), Units(lines), lines.Count(), Households(lines), active, Ratio(Households(lines), active),
                repeats, Ratio(repeats, Households(lines)), Discounts(lines), Prices(lines),
                isCovered ? promotions.Count(promotion => promotion.OnDisplay) : null, isCovered ? promotions.Count(promotion => promotion.InMailer) : null);
        })];

        tables.ShouldHave(name, "product_weekly", expected);
        // Weeks with and without rows of promotions are both there.
        expected.ShouldContain(row => row.EndsWith(" - -", StringComparison.Ordinal));
        expected.ShouldContain(row => !row.EndsWith(" -", StringComparison.Ordinal) && !row.EndsWith(" 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void DepartmentSummary_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        tables.ShouldHave(name, "department_summary", journey.Cleaned.GroupBy(line => journey.ProductOf(line).Department, StringComparer.Ordinal).Select(lines =>
        {
            var (sales, own) = (lines.Sum(line => line.Sales), lines.Sum(line => line.RetailDiscount + line.MatchDiscount));
            return Row(
                lines.Key, lines.Select(line => line.Product).Distinct().Count(), Sales(lines), Units(lines), lines.Count(), Baskets(lines), Households(lines), Discounts(lines),
                Ratio(sales, journey.Cleaned.Sum(line => line.Sales)), Ratio(Households(lines), Households(journey.Cleaned)), Ratio(sales, Baskets(lines)), Ratio(own, sales + own));
        }));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void PrivateLabelShare_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        tables.ShouldHave(name, "private_label_share", journey.Cleaned.GroupBy(line => (journey.ProductOf(line).Department, journey.ProductOf(line).Commodity)).Select(lines =>
        {
            var own = lines.Where(line => journey.ProductOf(line).Brand is "Private").ToList();
            return Row(
                lines.Key.Department, lines.Key.Commodity, Sales(lines), Sales(own), Units(lines), Units(own), lines.Count(), own.Count, Households(lines), Households(own),
                Ratio(own.Sum(line => line.Sales), lines.Sum(line => line.Sales)), Ratio(Units(own), Units(lines)), Ratio(Households(own), Households(lines)));
        }));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void StoreSummary_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        tables.ShouldHave(name, "store_summary", journey.Cleaned.GroupBy(line => line.Store).Select(lines =>
        {
            var (sales, days) = (lines.Sum(line => line.Sales), lines.Select(line => line.Day).Distinct().Count());
            return Row(
                lines.Key, lines.Min(line => line.Day), lines.Max(line => line.Day), days, Sales(lines), Units(lines), lines.Count(), Baskets(lines), Households(lines),
                lines.Select(line => line.Product).Distinct().Count(), Discounts(lines), Ratio(sales, journey.Cleaned.Sum(line => line.Sales)), Ratio(sales, Baskets(lines)),
                Ratio(Units(lines), Baskets(lines)), Ratio(sales, Households(lines)), Ratio(sales, days));
        }));
    }

    /// <summary>
    /// Beef: 10.00 for 2 units with a coupon of 1.00, and 5.00 for one unit. Both households of the panel bought it, neither on a second DAY. Paid per unit:
    /// (15 - 1) / 3 = 4.666667; without card and coupon 15 / 3 = 5.
    /// </summary>
    [Fact]
    public void ProductSummary_Beef_IsSummedByHand() =>
        tables.Rows(Small, "select * from product_summary where product_id = 12").ShouldBe(
            ["12 MEAT meat BEEF CHOICE BEEF National 2 - 200 200 15.00 3 2 2 2 0 0.000000 1.000000 0.00 1.00 0.00 4.666667 5.000000"]);

    /// <summary>The same in week 29: both households that buy that week buy beef; one store has it in the mailer, none on display.</summary>
    [Fact]
    public void ProductWeekly_BeefInWeek29_IsSummedByHand() =>
        tables.Rows(Small, "select * from product_weekly where product_id = 12").ShouldBe(["12 29 15.00 3 2 2 2 1.000000 0 0.000000 0.00 1.00 0.00 4.666667 5.000000 0 1"]);

    /// <summary>Butter 2.50 with a card discount of 0.50, and the candle for 1.25: 3.75 / 22 = 0.170455 of sales, 3.75 / 2 baskets = 1.875, and 0.50 / (3.75 + 0.50) = 0.117647.</summary>
    [Fact]
    public void DepartmentSummary_Grocery_IsSummedByHand() =>
        tables.Rows(Small, "select * from department_summary where department = 'GROCERY'").ShouldBe(
            ["GROCERY 2 3.75 2 2 2 2 0.50 0.00 0.00 0.170455 1.000000 1.875000 0.117647"]);

    /// <summary>The butter is the retailer's own, and the only butter.</summary>
    [Fact]
    public void PrivateLabelShare_Butter_IsAllPrivateByHand() =>
        tables.Rows(Small, "select * from private_label_share where commodity_desc = 'BUTTER'").ShouldBe(["GROCERY BUTTER 2.50 2.50 1 1 1 1 1 1 1.000000 1.000000 1.000000"]);

    /// <summary>Store 300 is household 1: 2.50 + 10 + 3.25 = 15.75 of 22 (0.715909), four units in two baskets on two days.</summary>
    [Fact]
    public void StoreSummary_Store300_IsSummedByHand() =>
        tables.Rows(Small, "select * from store_summary where store_id = 300").ShouldBe(
            ["300 200 230 2 15.75 4 3 2 1 3 0.50 1.00 0.00 0.715909 7.875000 2.000000 15.750000 7.875000"]);

    private static string Sales(IEnumerable<DeskLine> lines) => Money(lines.Sum(line => line.Sales));

    private static int Units(IEnumerable<DeskLine> lines) => lines.Sum(line => line.Quantity);

    private static int Baskets(IEnumerable<DeskLine> lines) => lines.Select(line => line.Basket).Distinct().Count();

    private static int Households(IEnumerable<DeskLine> lines) => lines.Select(line => line.Household).Distinct().Count();

    private static string Discounts(IEnumerable<DeskLine> lines)
    {
        var all = lines.ToList();
        return Row(Money(all.Sum(line => line.RetailDiscount)), Money(all.Sum(line => line.CouponDiscount)), Money(all.Sum(line => line.MatchDiscount)));
    }

    private static string Prices(IEnumerable<DeskLine> lines)
    {
        var all = lines.ToList();
        return Row(
            Ratio(all.Sum(line => line.Sales - line.CouponDiscount), Units(all)), Ratio(all.Sum(line => line.Sales + line.RetailDiscount + line.MatchDiscount), Units(all)));
    }
}
