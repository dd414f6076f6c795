using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>The planted complements, and quick answers to which of them a product plays a part in.</summary>
internal sealed class ComplementPlan
{
    private const int ProductPairs = 8;
    private const int CandidateRanks = 60;

    // Pairs that go together on the table, as commodities.
    private static readonly (string First, string Second)[] Commodities =
    [
        ("DRY NOODLES/PASTA", "PASTA SAUCE"), ("HOT DOGS", "BAKED BREAD/BUNS/ROLLS"), ("COLD CEREAL", "FLUID MILK PRODUCTS"), ("BAG SNACKS", "SOFT DRINKS"),
        ("BACON", "EGGS"), ("SALAD MIX", "SALD DRSNG/SNDWCH SPRD"), ("COFFEE", "MILK BY-PRODUCTS"), ("PNT BTR/JELLY/JAMS", "BAKED BREAD/BUNS/ROLLS"),
        ("CAT FOOD", "CAT LITTER"), ("BEEF", "POTATOES"), ("BABY FOODS", "DIAPERS & DISPOSABLES"), ("CAKES", "ICE CREAM/MILK/SHERBTS"),
    ];

    private readonly uint[] _first;
    private readonly uint[] _second;
    private readonly Dictionary<int, (int[] Products, AliasTable Wheel)> _staples = [];
    private readonly ProductCatalogue _catalogue;

    internal ComplementPlan(ulong seed, bool effects, ProductCatalogue catalogue)
    {
        _catalogue = catalogue;
        var pairs = new List<Complement>();
        foreach (var (first, second) in Commodities)
        {
            AddCommodities(pairs, first, second, Chance(seed, pairs.Count, effects, 0.06, 0.2));
        }

        AddProducts(seed, effects, pairs);
        All = pairs;
        _first = Roles(pairs, pair => pair.FirstProduct, pair => pair.FirstCommodity);
        _second = Roles(pairs, pair => pair.SecondProduct, pair => pair.SecondCommodity);
    }

    internal IReadOnlyList<Complement> All { get; }

    /// <summary>The pairs, as bits, whose first half a product belongs to.</summary>
    internal uint FirstOf(int product) => _first[product];

    /// <summary>The pairs, as bits, whose second half a product belongs to.</summary>
    internal uint SecondOf(int product) => _second[product];

    /// <summary>The product that a pair adds.</summary>
    internal int Added(Complement pair, ulong bits)
    {
        if (pair.SecondProduct is { } product)
        {
            return product;
        }

        var (products, wheel) = _staples[pair.SecondCommodity];
        return products[wheel.Pick(bits)];
    }

    private static double Chance(ulong seed, int pair, bool effects, double low, double high)
    {
        var chance = Math.Round(RandomStream.For(seed, Draw.Complement, pair).NextBetween(low, high), 2);
        return effects ? chance : 0;
    }

    private void AddCommodities(List<Complement> pairs, string first, string second, double chance)
    {
        var a = Largest(first);
        var b = Largest(second);
        if (a is not { } one || b is not { } other)
        {
            return;
        }

        var staples = _catalogue.ByCommodity[other].Where(product => _catalogue.Products[product].IsStaple).ToArray();
        if (staples.Length > 0)
        {
            _staples[other] = (staples, new AliasTable([.. staples.Select(product => _catalogue.Products[product].Weight)]));
            pairs.Add(new Complement(pairs.Count, chance, one, other, null, null));
        }
    }

    /// <summary>The row of the commodity table with the name that has most products, or null when none has.</summary>
    private static int? Largest(string name) => CommodityTable.All
        .Select((commodity, index) => (commodity, index))
        .Where(pair => string.Equals(pair.commodity.Name, name, StringComparison.Ordinal))
        .OrderByDescending(pair => pair.commodity.Products)
        .Select(pair => (int?)pair.index)
        .FirstOrDefault();

    private void AddProducts(ulong seed, bool effects, List<Complement> pairs)
    {
        var popular = Enumerable.Range(0, _catalogue.Products.Length)
            .Where(product => _catalogue.CommodityOf(product).IsPromoted)
            .OrderByDescending(product => _catalogue.Products[product].Weight)
            .Take(CandidateRanks * 5)
            .ToList();
        var firsts = popular.Where(product => !_catalogue.Products[product].IsStaple).Skip(5).ToList();
        var seconds = popular.Where(product => _catalogue.Products[product].IsStaple).Skip(5).ToList();
        for (var index = 0; index < ProductPairs && index < firsts.Count && index < seconds.Count; index++)
        {
            var (first, second) = (firsts[index], seconds[index]);
            var chance = Chance(seed, pairs.Count, effects, 0.15, 0.4);
            pairs.Add(new Complement(pairs.Count, chance, _catalogue.Products[first].Commodity, _catalogue.Products[second].Commodity, first, second));
        }
    }

    private uint[] Roles(List<Complement> pairs, Func<Complement, int?> product, Func<Complement, int> commodity)
    {
        var roles = new uint[_catalogue.Products.Length];
        foreach (var pair in pairs)
        {
            var name = CommodityTable.All[commodity(pair)].Name;
            for (var index = 0; index < roles.Length; index++)
            {
                // A commodity may have rows in several departments: baskets are judged by its name.
                var isIn = product(pair) is { } one ? one == index : string.Equals(_catalogue.CommodityOf(index).Name, name, StringComparison.Ordinal);
                roles[index] |= isIn ? 1u << pair.Number : 0;
            }
        }

        return roles;
    }
}

/// <summary>A planted pair: a basket with the first often gets the second added.</summary>
/// <param name="Number">Position among the pairs.</param>
/// <param name="Chance">Chance that a basket with the first gets an extra line of the second; 0 without effects.</param>
/// <param name="FirstCommodity">Position of a commodity; for a pair of products that of the first product.</param>
/// <param name="SecondCommodity">Position of a commodity; for a pair of products that of the second product.</param>
/// <param name="FirstProduct">For a pair of products: the first one.</param>
/// <param name="SecondProduct">For a pair of products: the one that is added, always a staple.</param>
internal sealed record Complement(int Number, double Chance, int FirstCommodity, int SecondCommodity, int? FirstProduct, int? SecondProduct);
