using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>Makes households, each from its own stream.</summary>
internal sealed class HouseholdFactory(ulong seed, bool effects, ProductCatalogue catalogue, StoreNetwork stores)
{
    private const int HouseholdsAtScaleOne = 2_500;
    private const double TripRateScale = 0.203;

    // Trips per household follow nearly an exponential distribution in the real sample: a Weibull one with shape 1.15.
    private const double TripRatePower = 0.87;
    private const double LargestTripRate = 0.75;
    private const double MedianBasketSize = 5.75;
    private const double BasketSizeSigma = 0.32;
    private const int RampUpDays = 105;
    private const double ChurnShare = 0.05;
    private const double ChangeShare = 0.02;
    private const int FirstEventDay = 330;
    private const int LastEventDay = 620;
    private const int LongestInterval = 60;

    /// <summary>How many households a scale has.</summary>
    internal static int CountAt(double scale) => Math.Max(5, (int)Math.Round(HouseholdsAtScaleOne * scale));

    internal Household Make(int key)
    {
        var stream = RandomStream.For(seed, Draw.Household, key);
        var tripRate = Math.Min(LargestTripRate, TripRateScale * Math.Pow(stream.NextExponential(), TripRatePower));
        var joinDay = stream.NextChance(0.04) ? 1 + stream.NextBelow(500) : 1 + (int)(RampUpDays * Math.Sqrt(stream.NextUnit()));
        var home = stores.Regular.Pick(stream.NextBits());
        return new Household
        {
            Key = key,
            TripRate = tripRate,
            BasketSize = stream.NextLogNormal(MedianBasketSize, BasketSizeSigma),
            Weekdays = Weekdays(ref stream),
            HomeStore = home,
            SecondStore = stores.Regular.Pick(stream.NextBits()),
            HomeShare = Math.Min(1, 0.3 + (0.78 * Math.Pow(stream.NextUnit(), 0.6))),
            RedeemChance = stream.NextChance(0.5) ? stream.NextExponential() * 0.06 : 0,
            CouponChance = Math.Min(0.6, stream.NextExponential() * 0.085),
            Repertoire = Repertoire(ref stream),
            JoinDay = joinDay,
            ChurnDay = Churn(key, joinDay),
            Change = Change(key, joinDay),
            Favourites = Favourites(key, tripRate),
        };
    }

    private static double[] Weekdays(ref RandomStream stream)
    {
        var regularity = stream.NextUnit();
        var weights = new double[ShoppingCalendar.DaysPerWeek];
        for (var day = 0; day < weights.Length; day++)
        {
            weights[day] = stream.NextLogNormal(1, 0.2 + (1.1 * regularity));
        }

        var mean = weights.Average();
        return Array.ConvertAll(weights, weight => weight / mean);
    }

    private int[] Repertoire(ref RandomStream stream)
    {
        var products = new int[60 + stream.NextBelow(140)];
        for (var index = 0; index < products.Length; index++)
        {
            products[index] = catalogue.Popularity.Pick(stream.NextBits());
        }

        return products;
    }

    private int? Churn(int key, int joinDay)
    {
        var stream = RandomStream.For(seed, Draw.Change, key, 1);
        var churns = stream.NextChance(ChurnShare);
        var day = FirstEventDay + stream.NextBelow(LastEventDay - FirstEventDay);
        return effects && churns && joinDay < FirstEventDay ? day : null;
    }

    private HouseholdChange? Change(int key, int joinDay)
    {
        var stream = RandomStream.For(seed, Draw.Change, key, 2);
        var changes = stream.NextChance(ChangeShare);
        var kind = (ChangeKind)stream.NextBelow(5);
        var day = FirstEventDay + stream.NextBelow(LastEventDay - FirstEventDay);
        var factor = kind switch
        {
            ChangeKind.FewerTrips => 0.35,
            ChangeKind.MoreTrips => 2,
            ChangeKind.SmallerBaskets => 0.4,
            ChangeKind.LargerBaskets => 2,
            _ => 1.0,
        };
        return effects && changes && joinDay < FirstEventDay ? new HouseholdChange(kind, day, factor) : null;
    }

    private Favourite[] Favourites(int key, double tripRate)
    {
        var stream = RandomStream.For(seed, Draw.Favourite, key);
        var favourites = new List<Favourite>();
        var wanted = 1 + stream.NextPoisson(2.5);

        // A household cannot buy more regularly than it comes.
        var shortest = Math.Max(6, (int)Math.Round(1.3 / tripRate));
        for (var tries = 0; tries < wanted * 20 && favourites.Count < wanted && shortest < LongestInterval; tries++)
        {
            var product = catalogue.Popularity.Pick(stream.NextBits());
            var interval = shortest + stream.NextBelow(Math.Max(5, Math.Min(LongestInterval - shortest, shortest * 2)));
            var phase = stream.NextUnit() * interval;
            if (catalogue.Products[product].IsStaple && !favourites.Exists(favourite => favourite.Product == product))
            {
                favourites.Add(new Favourite(product, interval, phase));
            }
        }

        return [.. favourites];
    }
}
