using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>All products, by ascending PRODUCT_ID: that position is the number that everything else calls a product by.</summary>
internal sealed class ProductCatalogue
{
    private const int ProductsAtScaleOne = 92_353;
    private const int SmallestId = 25_671;
    private const int LargestId = 18_316_298;
    private const double StapleShare = 0.2;

    // How much the popularity falls off behind the power law: with 5 about as many products sell in a sample as in the real one.
    private const double TailDecay = 5;

    // The table has medians of lines; means of lines come out right with slightly lower prices.
    private const double PriceLevel = 0.93;

    internal ProductCatalogue(ulong seed, double scale)
    {
        var drafts = Drafts(seed, (int)Math.Round(ProductsAtScaleOne * Math.Sqrt(scale)));
        var stream = RandomStream.For(seed, Draw.ProductOrder);
        for (var last = drafts.Count - 1; last > 0; last--)
        {
            var other = stream.NextBelow(last + 1);
            (drafts[last], drafts[other]) = (drafts[other], drafts[last]);
        }

        var step = (LargestId - SmallestId) / drafts.Count;
        var ids = RandomStream.For(seed, Draw.ProductId);
        Products = [.. drafts.Select((draft, index) => draft with { Id = SmallestId + (index * step) + ids.NextBelow(step) })];
        Popularity = new AliasTable([.. Products.Select(product => product.Weight)]);
        ByCommodity = [.. Enumerable.Range(0, CommodityTable.All.Count).Select(_ => new List<int>())];
        for (var index = 0; index < Products.Length; index++)
        {
            ByCommodity[Products[index].Commodity].Add(index);
        }
    }

    internal Product[] Products { get; }

    /// <summary>Draws a product by popularity.</summary>
    internal AliasTable Popularity { get; }

    /// <summary>The products of each commodity.</summary>
    internal IReadOnlyList<List<int>> ByCommodity { get; }

    internal Commodity CommodityOf(int product) => CommodityTable.All[Products[product].Commodity];

    private static List<Product> Drafts(ulong seed, int target)
    {
        var commodities = CommodityTable.All;
        var counts = Counts(commodities, target);
        var lines = (double)commodities.Sum(commodity => commodity.LineWeight);
        var drafts = new List<Product>(target);
        for (short index = 0; index < commodities.Count; index++)
        {
            var (commodity, count) = (commodities[index], counts[index]);
            var shape = Enumerable.Range(1, count)
                .Select(rank => Math.Pow(rank, -commodity.Concentration) * Math.Exp(-TailDecay * rank / count))
                .ToArray();
            var scale = commodity.LineWeight / lines / shape.Sum();
            for (var rank = 1; rank <= count; rank++)
            {
                var stream = RandomStream.For(seed, Draw.Product, index, rank);
                var isStaple = commodity.IsPromoted && stream.NextChance(StapleShare);
                var price = Price(commodity, rank, ref stream);
                drafts.Add(new Product(0, index, rank, shape[rank - 1] * scale, price, isStaple));
            }
        }

        return drafts;
    }

    /// <summary>Products per commodity, at least one each; the largest takes what rounding leaves.</summary>
    private static int[] Counts(IReadOnlyList<Commodity> commodities, int target)
    {
        var products = commodities.Sum(commodity => commodity.Products);
        var counts = commodities.Select(commodity => Math.Max(1, (int)Math.Round((double)commodity.Products * target / products))).ToArray();
        var largest = Array.IndexOf(counts, counts.Max());
        counts[largest] = Math.Max(1, counts[largest] + target - counts.Sum());
        return counts;
    }

    /// <summary>Shelf prices end in 9; the most popular products lie near the commodity's median.</summary>
    private static int Price(Commodity commodity, int rank, ref RandomStream stream)
    {
        var spread = commodity.PriceSpread * (commodity.IsWeighed ? 0.6 : 0.9) * (rank <= 3 ? 0.5 : 1);
        var price = stream.NextLogNormal(commodity.PriceCents * PriceLevel, spread);
        return price < 15 ? 15 : price < 40 ? (int)Math.Round(price) : ((int)Math.Round(price / 10) * 10) - 1;
    }
}

/// <summary>A product as baskets need it; its texts are made when they are written.</summary>
/// <param name="Id">PRODUCT_ID.</param>
/// <param name="Commodity">Position in <see cref="CommodityTable.All"/>.</param>
/// <param name="Rank">Popularity within the commodity, from 1.</param>
/// <param name="Weight">Share of all purchases when nothing is promoted.</param>
/// <param name="PriceCents">Shelf price.</param>
/// <param name="IsStaple">Always sold at its shelf price: never advertised, cut in price or couponed. Favourites and complements are staples.</param>
internal readonly record struct Product(int Id, short Commodity, int Rank, double Weight, int PriceCents, bool IsStaple);
