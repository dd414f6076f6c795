using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>Price cuts and advertising of every product in every week, and what of it a store shows.</summary>
internal sealed class PromotionPlan
{
    /// <summary>Weeks that have causal rows.</summary>
    internal const int FirstWeek = 9;

    internal const int LastWeek = 101;
    internal const int DeepestCut = 50;
    private const int Weeks = JourneyOptions.AllWeeks + 1;

    // Share of the products that the chain advertises in a week, and of those that a store takes part in.
    private const double AdvertisedShare = 0.0648;
    private const double CarriedShare = 0.6;
    private const double MostAdvertised = 0.55;
    private const double OwnDisplayShare = 0.27;
    private const double CutWithAdvertising = 0.78;
    private const double MeanEpisodeWeeks = 1.5;

    private readonly ulong _seed;
    private readonly ProductCatalogue _catalogue;
    private readonly Offer[] _offers;

    internal PromotionPlan(ulong seed, ProductCatalogue catalogue, int parallelism)
    {
        _seed = seed;
        _catalogue = catalogue;
        _offers = new Offer[catalogue.Products.Length * Weeks];
        var strength = Strength(catalogue);
        Parallel.For(0, catalogue.Products.Length, new ParallelOptions { MaxDegreeOfParallelism = parallelism }, product => Fill(product, strength));
    }

    /// <summary>What the chain does with a product in a week.</summary>
    internal Offer At(int product, int week) => _offers[(product * Weeks) + week];

    /// <summary>Whether a store takes part in the advertising of a product.</summary>
    internal bool IsCarried(int product, int store) =>
        RandomStream.ToUnit(RandomStream.Mix(Key(Draw.Carried, product, store))) < CarriedShare;

    /// <summary>The display of an advertised product in a store: that of the chain, or one of its own.</summary>
    internal int DisplayAt(int product, int week, int store, Offer offer)
    {
        var stream = new RandomStream(Key(Draw.StoreDisplay, (product * Weeks) + week, store));
        if (!stream.NextChance(OwnDisplayShare))
        {
            return offer.Display;
        }

        return stream.NextChance(0.5) ? Advertising.None : stream.NextWeighted(Advertising.DisplayWeights);
    }

    /// <summary>The price after a cut, in cents.</summary>
    internal static int CutPrice(int cents, int depth) => ((cents * (100 - depth)) + 50) / 100;

    private ulong Key(Draw draw, int first, int second) => _seed + ((ulong)draw << 56) + ((ulong)first << 24) + (ulong)second;

    /// <summary>Popular products are advertised more: chance = strength × weight ^ 0.45, capped, so that the mean is right.</summary>
    private static double Strength(ProductCatalogue catalogue)
    {
        var low = 0.0;
        var high = 1e6;
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            var mean = catalogue.Products.Average(product => Chance(catalogue, product, middle));
            (low, high) = mean < AdvertisedShare ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static double Chance(ProductCatalogue catalogue, Product product, double strength) =>
        product.IsStaple || !CommodityTable.All[product.Commodity].IsPromoted
            ? 0
            : Math.Min(MostAdvertised, strength * Math.Pow(product.Weight * catalogue.Products.Length, 0.45));

    private void Fill(int product, double strength)
    {
        var chance = Chance(_catalogue, _catalogue.Products[product], strength);
        if (chance == 0)
        {
            return;
        }

        var stream = RandomStream.For(_seed, Draw.Promotion, product);
        var cutChance = 0.22 + (0.45 * Math.Sqrt(chance));
        for (var week = 1; week < Weeks;)
        {
            var weeks = stream.NextUnit() switch { < 0.6 => 1, < 0.9 => 2, _ => 3 };
            var isAdvertised = stream.NextChance(chance * MeanEpisodeWeeks / weeks);
            var isCut = stream.NextChance(isAdvertised ? CutWithAdvertising : cutChance);
            var depth = isCut ? 4 + (int)(46.99 * Math.Pow(stream.NextUnit(), 1.35)) : 0;
            var kind = stream.NextUnit();
            var display = stream.NextWeighted(Advertising.DisplayWeights);
            var mailer = stream.NextWeighted(Advertising.MailerWeights);
            for (var end = Math.Min(Weeks, week + weeks); week < end; week++)
            {
                var isShown = isAdvertised && week is >= FirstWeek and <= LastWeek;
                _offers[(product * Weeks) + week] = new Offer(
                    isShown && kind >= 0.54 ? display : Advertising.None,
                    isShown && kind < 0.66 ? mailer : Advertising.None,
                    Math.Min(depth, DeepestCut));
            }
        }
    }
}

/// <summary>What the chain does with a product in a week, packed into 16 bits: a table of them has one for every product and week.</summary>
internal readonly record struct Offer(ushort Bits)
{
    private const int CodeBits = 4;
    private const int CodeMask = 15;

    internal Offer(int display, int mailer, int depth)
        : this((ushort)(display | (mailer << CodeBits) | (depth << (2 * CodeBits))))
    {
    }

    /// <summary>Position of the display code that most stores use.</summary>
    internal int Display => Bits & CodeMask;

    /// <summary>Position of the mailer code.</summary>
    internal int Mailer => (Bits >> CodeBits) & CodeMask;

    /// <summary>Per cent off the shelf price.</summary>
    internal int Depth => Bits >> (2 * CodeBits);

    internal bool IsAdvertised => (Bits & 0xFF) != 0;
}
