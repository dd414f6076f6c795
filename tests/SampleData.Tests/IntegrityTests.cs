using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.SampleData.Tests;

public sealed class IntegrityTests(SmallJourney journey)
{
    [Fact]
    public void Transactions_EveryRow_FitsTheCalendarAndTheRulesOfMoney()
    {
        journey.Purchases.ShouldAllBe(line =>
            line.Day >= 1 && line.Day <= 711 && line.Week == (line.Day + 8) / 7 && line.Time / 100 < 24 && line.Time % 100 < 60);
        journey.Purchases.ShouldAllBe(line =>
            line.Quantity >= 0 && line.Sales >= 0 && line.Discount <= 0 && line.Coupon <= 0 && line.Match <= 0 && line.Match >= line.Coupon);

        // Christmas Day of both years.
        journey.Purchases.ShouldNotContain(line => line.Day == 278 || line.Day == 643);
    }

    [Fact]
    public void Transactions_EveryBasket_IsOfOneHouseholdDayAndStore()
    {
        var baskets = journey.Purchases.GroupBy(line => line.Basket).ToList();
        baskets.ShouldAllBe(basket => basket.Select(line => ValueTuple.Create(line.Household, line.Day, line.Store, line.Time)).Distinct().Count() == 1);
        baskets.ShouldAllBe(basket => basket.Select(line => line.Product).Distinct().Count() == basket.Count());
        journey.Real.Truth.Baskets.ShouldBe(baskets.Count);
        journey.Real.Truth.Lines.ShouldBe(journey.Purchases.Count);
        journey.Real.Truth.SalesValue.ShouldBe(journey.Purchases.Sum(line => (long)line.Sales) / 100m);
    }

    [Fact]
    public void Files_EveryReference_PointsAtSomething()
    {
        var products = Keys(DatasetNames.Products, 0);
        var campaigns = Keys(DatasetNames.Campaigns, 1);
        journey.Purchases.ShouldAllBe(line => products.Contains($"{line.Product}"));
        Keys(DatasetNames.Coupons, 1).IsSubsetOf(products).ShouldBeTrue();
        Keys(DatasetNames.Coupons, 2).IsSubsetOf(campaigns).ShouldBeTrue();
        Keys(DatasetNames.CampaignHouseholds, 2).SetEquals(campaigns).ShouldBeTrue();
        Keys(DatasetNames.Causal, 0).IsSubsetOf(products).ShouldBeTrue();
        journey.Purchases.Select(line => $"{line.Household}").ToHashSet(StringComparer.Ordinal).IsSupersetOf(Keys(DatasetNames.Demographics, 7)).ShouldBeTrue();
    }

    [Fact]
    public void Keys_OfEveryKeyedFile_AreUnique()
    {
        AreUnique(DatasetNames.Products, fields => fields[0]);
        AreUnique(DatasetNames.Demographics, fields => fields[7]);
        AreUnique(DatasetNames.Campaigns, fields => fields[1]);
        AreUnique(DatasetNames.Causal, fields => string.Join(',', fields[..3]));
        AreUnique(DatasetNames.CouponRedemptions, fields => string.Join(',', fields));
        AreUnique(DatasetNames.CampaignHouseholds, fields => string.Join(',', fields));
    }

    [Fact]
    public void Coupons_OfTheOriginal_RepeatSomeRowsAndSoDoThese()
    {
        var rows = journey.Real.Lines(DatasetNames.Coupons)[1..^1];
        var repeated = 1 - ((double)rows.Distinct(StringComparer.Ordinal).Count() / rows.Length);
        repeated.ShouldBeInRange(0.02, 0.07);
    }

    [Fact]
    public void Redemptions_EveryRow_FitsACampaignACouponAndAPurchase()
    {
        var targets = journey.Real.Rows(DatasetNames.CampaignHouseholds).Select(fields => (fields[1], fields[2])).ToHashSet();
        var windows = journey.Real.Rows(DatasetNames.Campaigns).ToDictionary(fields => fields[1], fields => (First: int.Parse(fields[2]), Last: int.Parse(fields[3])), StringComparer.Ordinal);
        var coupons = journey.Real.Rows(DatasetNames.Coupons).ToLookup(fields => (fields[0], fields[2]), fields => int.Parse(fields[1]));
        var bought = journey.Purchases.Where(line => line.Coupon < 0).ToLookup(line => (line.Household, line.Day), line => line.Product);
        var redemptions = journey.Real.Rows(DatasetNames.CouponRedemptions).ToList();
        redemptions.Count.ShouldBeGreaterThan(50);
        redemptions.ShouldAllBe(row => targets.Contains(ValueTuple.Create(row[0], row[3])));
        redemptions.ShouldAllBe(row => int.Parse(row[1]) >= windows[row[3]].First && int.Parse(row[1]) <= windows[row[3]].Last);

        // A line of that household and day that the coupon is good for has a coupon discount.
        var withDiscount = redemptions.Count(row =>
            coupons[ValueTuple.Create(row[2], row[3])].Intersect(bought[ValueTuple.Create(int.Parse(row[0]), int.Parse(row[1]))]).Any());
        withDiscount.ShouldBe(redemptions.Count);
        redemptions.Count.ShouldBe(journey.Real.Truth.Campaigns.Sum(campaign => campaign.Redemptions));
    }

    private HashSet<string> Keys(string dataset, int column) => journey.Real.Rows(dataset).Select(fields => fields[column]).ToHashSet(StringComparer.Ordinal);

    private void AreUnique(string dataset, Func<string[], string> key)
    {
        var keys = journey.Real.Rows(dataset).Select(key).ToList();
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(keys.Count, dataset);
    }
}
