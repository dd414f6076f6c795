using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>
/// Rows of a journey by chance: forty households, the first of them in two stretches of days that are 52 weeks apart, 300 products of few texts, some of them blank, unknown or
/// left out by the cleaning; products 1 and 2 are mostly bought together.
/// </summary>
internal static class RandomJourney
{
    private const int Products = 300;
    private const int Households = 40;
    private const int Baskets = 700;

    private static readonly string[] Departments = ["GROCERY", "MEAT", "PRODUCE", ""];
    private static readonly string[] Commodities = ["BUTTER", "BEEF", "APPLES", "HALLOWEEN", "NEW", "OTHER", "", "GASOLINE-REG UNLEADED"];
    private static readonly string[] Subs = ["ANY", "OTHER", ""];

    internal static IReadOnlyDictionary<string, string[]> Rows(int seed)
    {
        var random = new Random(seed);
        return new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [DatasetNames.Transactions] = [.. Enumerable.Range(0, Baskets).SelectMany(basket => Basket(random, basket))],
            [DatasetNames.Products] = [.. Enumerable.Range(1, Products).Select(product =>
                $"{product},1,{Any(random, Departments)},{(product % 3 == 0 ? "Private" : "National")},{Any(random, Commodities)},{Any(random, Subs)},{(product % 2 == 0 ? "" : "1 LB")}")],
            [DatasetNames.Demographics] = [],
            [DatasetNames.Campaigns] =
            [
                "TypeA,1,120,139", "TypeB,2,95,110", "TypeC,3,480,499", "TypeA,4,525,560", "TypeA,5,300,320", "TypeB,6,800,820",
            ],
            [DatasetNames.CampaignHouseholds] = [.. Enumerable.Range(0, 90).Select(_ => $"TypeA,{random.Next(1, Households + 3)},{random.Next(1, 7)}").Distinct(StringComparer.Ordinal)],
            [DatasetNames.Coupons] = [.. Enumerable.Range(0, 300).Select(_ => $"{random.Next(1, 9)},{random.Next(1, Products + 3)},{random.Next(1, 7)}").Distinct(StringComparer.Ordinal)],
            [DatasetNames.CouponRedemptions] =
                [.. Enumerable.Range(0, 40).Select(_ => $"{random.Next(1, 4)},{random.Next(118, 145)},{random.Next(1, 9)},{random.Next(1, 7)}").Distinct(StringComparer.Ordinal)],
            [DatasetNames.Causal] = [.. Enumerable.Range(0, 2_000).Select(_ => (Product: random.Next(1, Products + 1), Store: random.Next(1, 4), Week: random.Next(15, 25))).Distinct()
                .Select(unit => $"{unit.Product},{unit.Store},{unit.Week},{"0013A"[random.Next(5)]},{"00AD"[random.Next(4)]}")],
        };
    }

    /// <summary>Households of higher numbers buy less often; some stop, some begin late, and the last ones come on one day.</summary>
    private static IEnumerable<string> Basket(Random random, int number)
    {
        var household = 1 + (int)(Households * random.NextDouble() * random.NextDouble());
        var day = household switch
        {
            <= 12 => random.Next(99, 150) + (random.Next(2) * 364),
            <= 20 => random.Next(99, 280),
            <= Households - 5 => 463 + (household % 30) + random.Next(30),
            _ => 200,
        };
        var (store, time) = (random.Next(1, 4), (random.Next(24) * 100) + random.Next(60));
        List<int> products = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => 3 + (random.Next(2) == 0 ? random.Next(Products) : (int)(Products * random.NextDouble() * random.NextDouble())))];
        if (random.Next(4) == 0)
        {
            products.AddRange(random.Next(9) == 0 ? [1] : [1, 2]);
        }

        foreach (var product in products)
        {
            var (quantity, cents) = (random.Next(12) == 0 ? 0 : random.Next(1, 4), random.Next(15) == 0 ? 0 : random.Next(1, 900));
            var (retail, coupon, match) = (random.Next(-200, 5), random.Next(5) == 0 ? -random.Next(150) : 0, random.Next(9) == 0 ? -random.Next(50) : 0);
            yield return $"{household},{number + 1},{day},{product},{quantity},{cents / 100m:F2},{store},{retail / 100m:F2},{time},{(day + 8) / 7},{coupon / 100m:F2},{match / 100m:F2}";
        }
    }

    private static string Any(Random random, string[] texts) => texts[random.Next(texts.Length)];
}
