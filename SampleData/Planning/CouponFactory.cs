using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>Makes the coupons of a campaign: most list products of one commodity, a few of a broad campaign a large part of the store.</summary>
internal sealed class CouponFactory(ulong seed, ProductCatalogue catalogue)
{
    private static readonly int[] Values = [100, 50, 75, 55, 200, 40, 35, 25, 150, 250, 30, 300];
    private static readonly double[] ValueWeights = [311, 189, 87, 82, 55, 53, 45, 36, 32, 32, 23, 16];

    internal int Products => catalogue.Products.Length;

    internal IReadOnlyList<Coupon> Make(int campaign, string type, double scale)
    {
        var stream = RandomStream.For(seed, Draw.Coupon, campaign);
        var mean = type switch { "TypeA" => 155, "TypeB" => 13, _ => 19 };
        var count = Math.Max(2, (int)Math.Round(mean * Math.Sqrt(scale) * stream.NextBetween(0.8, 1.2)));
        return [.. Enumerable.Range(0, count).Select(index => One(campaign, index, type))];
    }

    private Coupon One(int campaign, int index, string type)
    {
        var stream = RandomStream.For(seed, Draw.Coupon, campaign, index + 1);
        var upc = 10_000_000_000L + (stream.NextBelow(50_000) * 1_000_000L) + (campaign * 10_000L) + index;
        var value = Values[stream.NextWeighted(ValueWeights)];
        var isBroad = type is "TypeA" && index == 0;
        var products = isBroad ? Broad(ref stream) : Narrow(ref stream);
        return new Coupon(upc, value, products);
    }

    private List<int> Broad(ref RandomStream stream)
    {
        var share = stream.NextBetween(0.12, 0.3);
        var salt = stream.NextBits();
        return [.. Enumerable.Range(0, catalogue.Products.Length)
            .Where(product => CanBeListed(product) && RandomStream.ToUnit(RandomStream.Mix(salt + (ulong)product)) < share)];
    }

    /// <summary>Some products of the commodity of a product that is drawn by popularity, which is one of them.</summary>
    private List<int> Narrow(ref RandomStream stream)
    {
        int anchor;
        do
        {
            anchor = catalogue.Popularity.Pick(stream.NextBits());
        }
        while (!CanBeListed(anchor));

        var candidates = catalogue.ByCommodity[catalogue.Products[anchor].Commodity];
        var wanted = stream.NextLogNormal(17, 1.4);
        var share = wanted / candidates.Count;
        var salt = stream.NextBits();
        return [.. candidates.Where(product =>
            product == anchor || (CanBeListed(product) && RandomStream.ToUnit(RandomStream.Mix(salt + (ulong)product)) < share))];
    }

    private bool CanBeListed(int product) => !catalogue.Products[product].IsStaple && catalogue.CommodityOf(product).IsPromoted;
}
