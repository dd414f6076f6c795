namespace Dunnhumby.SampleData.Tests;

public sealed class PlantedHouseholdTests(SmallJourney journey)
{
    [Fact]
    public void Churned_AfterTheirDay_BuyNothingWhileTheTwinsDo()
    {
        journey.Real.Truth.Churned.Count.ShouldBeGreaterThan(3);
        foreach (var churned in journey.Real.Truth.Churned)
        {
            journey.Purchases.ShouldNotContain(line => line.Household == churned.HouseholdKey && line.Day > churned.Day);
        }

        var days = journey.Real.Truth.Churned.ToDictionary(churned => churned.HouseholdKey, churned => churned.Day);
        journey.TwinPurchases.Count(line => days.TryGetValue(line.Household, out var day) && line.Day > day).ShouldBeGreaterThan(100);
        journey.Twin.Truth.Churned.ShouldBeEmpty();
        journey.Twin.Truth.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void Favourites_OfFrequentShoppers_ComeBackAtTheStatedIntervals()
    {
        // Bought on the first trip after a due day: the days between the first and the last purchase hold as many intervals as there were due days.
        var bought = journey.Purchases.ToLookup(line => (line.Household, line.Product), line => line.Day);
        var errors = new List<double>();
        foreach (var favourite in journey.Real.Truth.Favourites)
        {
            var days = bought[(favourite.HouseholdKey, favourite.ProductId)].Distinct().Order().ToList();
            if (days.Count >= 10)
            {
                errors.Add(Math.Abs(((days[^1] - days[0]) / (days.Count - 1.0) / favourite.IntervalDays) - 1));
            }
        }

        errors.Count.ShouldBeGreaterThan(100);
        errors.Order().ElementAt(errors.Count / 2).ShouldBeLessThan(0.12);
    }

    [Fact]
    public void Complements_BasketsInTheFiles_AreThoseOfTheTruth()
    {
        var commodities = journey.Real.Rows("product").ToDictionary(fields => int.Parse(fields[0]), fields => fields[4]);
        var baskets = journey.Purchases.GroupBy(line => line.Basket).Select(basket => basket.Select(line => line.Product).ToHashSet()).ToList();
        var withCommodities = baskets.ConvertAll(basket => basket.Select(product => commodities[product]).ToHashSet(StringComparer.Ordinal));
        journey.Real.Truth.Complements.Count.ShouldBeGreaterThan(12);
        foreach (var pair in journey.Real.Truth.Complements)
        {
            var (first, second, both) = (pair.FirstProductId, pair.SecondProductId) is (int one, int other)
                ? Count(baskets, one, other)
                : Count(withCommodities, pair.FirstCommodity, pair.SecondCommodity);
            (pair.FirstBaskets, pair.SecondBaskets, pair.BothBaskets).ShouldBe((first, second, both));
        }

        // Added to about the stated share of the baskets with the first: not to those where the first was itself added, or is the household's favourite.
        var expected = journey.Real.Truth.Complements.Sum(pair => pair.AddedChance * pair.FirstBaskets);
        ((double)journey.Real.Truth.Complements.Sum(pair => pair.AddedBaskets) / expected).ShouldBeInRange(0.8, 1.05);
        journey.Real.Truth.Complements.Where(pair => pair.FirstProductId is null).Average(pair => pair.Lift ?? 0)
            .ShouldBeGreaterThan(1.3 * journey.Twin.Truth.Complements.Where(pair => pair.FirstProductId is null).Average(pair => pair.Lift ?? 0));
    }

    private static (int First, int Second, int Both) Count<T>(List<HashSet<T>> baskets, T first, T second) =>
        (baskets.Count(basket => basket.Contains(first)), baskets.Count(basket => basket.Contains(second)), baskets.Count(basket => basket.Contains(first) && basket.Contains(second)));
}
