using static Dunnhumby.Transform.Worker.Tests.Models.Desk.DeskTables;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>The desk's table of what is bought together, against plain LINQ over the journeys' rows, and by hand.</summary>
public sealed class BasketTablesTests(DeskTables tables) : IClassFixture<DeskTables>
{
    private const int MostSold = 200;

    [Theory]
    [InlineData(Small)]
    [InlineData(Chance)]
    public void BasketAffinity_OfJourney_AgreesWithLinq(string name)
    {
        var journey = JourneyOf(name);
        var commodities = Pairs(journey, "commodity", [.. journey.Cleaned.Select(line => (line.Basket, new Item(journey.ProductOf(line).Commodity, journey.ProductOf(line).Commodity, 0)))]);
        var sold = journey.Cleaned.GroupBy(line => line.Product)
            .OrderByDescending(lines => lines.Select(line => line.Basket).Distinct().Count()).ThenBy(lines => lines.Key)
            .Take(MostSold).Select(lines => lines.Key).ToHashSet();
        var products = Pairs(journey, "product", [.. journey.Cleaned.Where(line => sold.Contains(line.Product)).Select(line =>
            (line.Basket, new Item($"{line.Product}", $"{journey.ProductOf(line).Commodity} / {journey.ProductOf(line).SubCommodity}", line.Product)))]);

        tables.ShouldHave(name, "basket_affinity", [.. commodities, .. products]);
        if (name is Chance)
        {
            // The limit leaves products out, and products 1 and 2 stand out among those that are left.
            journey.Cleaned.Select(line => line.Product).Distinct().Count().ShouldBeGreaterThan(MostSold);
            products.Where(row => row.EndsWith(" True", StringComparison.Ordinal)).ShouldContain(row => row.StartsWith("product 1 2 ", StringComparison.Ordinal));
            products.ShouldContain(row => row.EndsWith(" False", StringComparison.Ordinal));
        }
    }

    /// <summary>
    /// Of four baskets two have beef and one of them butter. Support 1 / 4, confidence 1 / 2 and 1 / 1, lift 1 x 4 / (2 x 1) = 2, leverage 1 / 4 - 2 / 16 = 0.125. Four commodities make
    /// six pairs; with E = 0.5 the bound is (1 - 0.5 - ln 2) / ln 10 + log10 6 = -0.084 + 0.778, which is above 0 and says nothing.
    /// </summary>
    [Fact]
    public void BasketAffinity_BeefAndButter_IsWorkedOutByHand() =>
        tables.Rows(Small, "select * from basket_affinity where level = 'commodity'").ShouldBe(
            ["commodity BEEF BUTTER BEEF BUTTER 1 2 1 4 0.250000 0.500000 1.000000 2.000000 0.125000 6 0.000 False"]);

    private static List<string> Pairs(DeskJourney journey, string level, IReadOnlyList<(long Basket, Item Item)> placed)
    {
        var all = journey.Cleaned.Select(line => line.Basket).Distinct().Count();
        var baskets = placed.GroupBy(place => place.Item).ToDictionary(places => places.Key, places => places.Select(place => place.Basket).ToHashSet());
        var items = baskets.Keys.OrderBy(item => item.Number).ThenBy(item => item.Text, StringComparer.Ordinal).ToList();
        var pairs = items.Count * (items.Count - 1) / 2;
        List<string> rows = [];
        foreach (var (index, left) in items.Index())
        {
            foreach (var right in items.Skip(index + 1))
            {
                var both = baskets[left].Count(baskets[right].Contains);
                if (both == 0)
                {
                    continue;
                }

                decimal product = baskets[left].Count * baskets[right].Count;
                var expected = (double)product / all;
                var bound = both > expected ? Math.Min(0, ((both - expected - (both * Math.Log(both / expected))) / Math.Log(10)) + Math.Log10(pairs)) : 0;
                rows.Add(Row(
                    level, left.Text, right.Text, left.Description, right.Description, both, baskets[left].Count, baskets[right].Count, all,
                    Ratio(both, all), Ratio(both, baskets[left].Count), Ratio(both, baskets[right].Count), Ratio(both * (decimal)all, product),
                    Ratio((both * (decimal)all) - product, (decimal)all * all), pairs, Places(bound), Math.Pow(10, bound) <= 0.05));
            }
        }

        return rows;
    }

    private static string Places(double bound) => $"{Math.Round((decimal)bound, 3, MidpointRounding.AwayFromZero) + 0.000m:F3}";

    private sealed record Item(string Text, string Description, int Number);
}
