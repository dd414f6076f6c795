using static Dunnhumby.Transform.Worker.Tests.Models.Desk.DeskTables;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>The desk's tables of campaigns and coupons, against plain LINQ over the journeys' rows, and by hand.</summary>
public sealed class CampaignTablesTests(DeskTables tables) : IClassFixture<DeskTables>
{
    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void CampaignPerformance_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        List<string> expected = [.. journey.Campaigns.Select(campaign =>
        {
            var listed = journey.Coupons.Where(coupon => coupon.Campaign == campaign.Id).Select(coupon => coupon.Product).ToHashSet();
            var targeted = journey.Targets.Where(target => target.Campaign == campaign.Id).Select(target => target.Household).ToHashSet();
            var redemptions = journey.Redemptions.Where(redemption => redemption.Campaign == campaign.Id).ToList();
            (int First, int Last)[] windows =
                [(campaign.First - campaign.Duration, campaign.First - 1), (campaign.First, campaign.Last), (campaign.Last + 1, campaign.Last + campaign.Duration)];
            int[] days = [.. windows.Select(window => Enumerable.Range(window.First, campaign.Duration).Count(day => day >= journey.FirstDay && day <= journey.LastDay))];
            decimal[] Sales(bool ofTargeted) => [.. windows.Select(window => journey.Cleaned
                .Where(line => listed.Contains(line.Product) && targeted.Contains(line.Household) == ofTargeted && line.Day >= window.First && line.Day <= window.Last)
                .Sum(line => line.Sales))];
            string? Change(decimal[] sales) => Math.Min(days[0], days[1]) == 0 ? null : Ratio((sales[1] * days[0]) - (sales[0] * days[1]), sales[0] * days[1]);
            var during = journey.Cleaned.Where(line => targeted.Contains(line.Household) && line.Day >= campaign.First && line.Day <= campaign.Last).ToList();
            var (active, buying) = (Households(during), Households(during.Where(line => listed.Contains(line.Product))));
            var redeemed = redemptions.Select(redemption => redemption.Household).Distinct().Count();
            var (own, others) = (Sales(ofTargeted: true), Sales(ofTargeted: false));
            var (change, other) = (Change(own), Change(others));
            return Row(
                campaign.Id, campaign.Type, campaign.First, campaign.Last, campaign.Duration, listed.Count, targeted.Count, active, buying, redeemed, redemptions.Count,
                Ratio(active, targeted.Count), Ratio(redeemed, targeted.Count), Row([.. days]), Row([.. own.Select(Money)]), Row([.. others.Select(Money)]), change, other,
                change is null || other is null ? null : $"{decimal.Parse(change) - decimal.Parse(other):F6}");
        })];

        tables.ShouldHave(name, "campaign_performance", expected);
        expected.ShouldContain(row => !row.EndsWith(" -", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void CouponPerformance_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        List<string> expected = [.. journey.Coupons.GroupBy(coupon => (coupon.Campaign, coupon.Coupon)).Select(coupon =>
        {
            var listed = coupon.Select(row => row.Product).ToHashSet();
            var targeted = journey.Targets.Where(target => target.Campaign == coupon.Key.Campaign).Select(target => target.Household).Distinct().Count();
            var redemptions = journey.Redemptions
                .Where(redemption => redemption.Campaign == coupon.Key.Campaign && string.Equals(redemption.Coupon, coupon.Key.Coupon, StringComparison.Ordinal)).ToList();
            var redeemed = redemptions.Select(redemption => redemption.Household).Distinct().Count();
            var lines = journey.Cleaned
                .Where(line => listed.Contains(line.Product) && redemptions.Exists(redemption => redemption.Household == line.Household && redemption.Day == line.Day)).ToList();
            return Row(
                coupon.Key.Campaign, coupon.Key.Coupon, listed.Count, targeted, redemptions.Count, redeemed,
                redemptions.Count > 0 ? redemptions.Min(redemption => redemption.Day) : null, redemptions.Count > 0 ? redemptions.Max(redemption => redemption.Day) : null,
                lines.Count, Money(lines.Sum(line => line.Sales)), Money(lines.Sum(line => line.CouponDiscount)), Ratio(redeemed, targeted),
                Ratio(lines.Sum(line => line.CouponDiscount), redemptions.Count));
        })];

        tables.ShouldHave(name, "coupon_performance", expected);
        expected.ShouldContain(row => row.Contains(" - - 0 0.00 0.00 ", StringComparison.Ordinal));
        expected.ShouldContain(row => !row.Contains(" 0 0.00 0.00 ", StringComparison.Ordinal));
    }

    /// <summary>
    /// Campaign 1 lasts 21 days, 220 to 240, and lists beef and apples; the window before, 199 to 219, has 20 days in the data, which begin on DAY 200. Household 1 is targeted: beef for
    /// 10.00 before, apples for 3.25 during. Household 2 buys beef for 5.00 before. Per day 10 / 20 becomes 3.25 / 21: 3.25 x 20 / (10 x 21) - 1 = -0.690476. The others' 5 / 20 becomes 0.
    /// </summary>
    [Fact]
    public void CampaignPerformance_Campaign1_IsWorkedOutByHand() =>
        tables.Rows(Small, "select * from campaign_performance").ShouldBe(
            ["1 TypeA 220 240 21 2 1 1 1 1 1 1.000000 1.000000 20 21 21 10.00 3.25 0.00 5.00 0.00 0.00 -0.690476 -1.000000 0.309524"]);

    /// <summary>The coupon for beef and apples was redeemed once, on DAY 230, by the one targeted household, which bought apples for 3.25 that day. Nobody redeemed the other.</summary>
    [Fact]
    public void CouponPerformance_OfSmallJourney_IsWorkedOutByHand() =>
        tables.Rows(Small, "select * from coupon_performance order by coupon_upc").ShouldBe(
            ["1 51111122222 1 1 0 0 - - 0 0.00 0.00 0.000000 -", "1 51111133333 2 1 1 1 230 230 1 3.25 0.00 1.000000 0.000000"]);

    private static int Households(IEnumerable<DeskLine> lines) => lines.Select(line => line.Household).Distinct().Count();
}
