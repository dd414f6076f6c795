using System.Runtime.InteropServices;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Baskets;

/// <summary>
/// Fills the basket of a trip. Purchases are found by thinning: candidates come at the largest rate that effects can reach, each with a mark, and a
/// candidate is bought when its mark lies below the product's multiplier. So a multiplier of 1.5 means 1.5 times the purchases, the twin without
/// effects keeps every candidate whose mark lies below 1, and what an effect added is the candidates between the two. An instance serves one thread.
/// </summary>
internal sealed class BasketBuilder(Panel panel, Tally tally)
{
    private const double TripSizeSigma = 1.08;
    private const double RepertoireShare = 0.42;

    private readonly LineFactory _lineFactory = new(panel);
    private readonly Multipliers _multipliers = new(panel);
    private readonly List<BasketLine> _lines = [];
    private readonly List<Redemption> _redemptions = [];
    private readonly List<Campaign> _running = [];
    private ulong _firsts;
    private ulong _seconds;

    /// <summary>The lines of the last basket, by product, each product once; none when nothing was bought.</summary>
    internal List<BasketLine> Lines => _lines;

    /// <summary>The coupons handed in with the last basket.</summary>
    internal List<Redemption> Redemptions => _redemptions;

    internal void Build(Trip trip)
    {
        _lines.Clear();
        _redemptions.Clear();
        var household = panel.Households[trip.Household];
        panel.Running.Find(trip.Household, trip.Day, _running);
        var stream = RandomStream.For(panel.Options.Seed, Draw.Basket, household.Key, trip.Day, trip.Visit);
        var size = household.BasketSize * SizeFactor(household, trip.Day) * stream.NextLogNormal(Math.Exp(-TripSizeSigma * TripSizeSigma / 2), TripSizeSigma);
        var usesCoupons = stream.NextChance(household.CouponChance);
        AddFavourites(household, trip, usesCoupons);
        AddCandidates(household, trip, stream.NextBits(), size, usesCoupons);
        AddComplements(household, stream.NextBits(), usesCoupons);
        Merge();
        tally.Basket(_lines, _firsts, _seconds);
    }

    private static double SizeFactor(Household household, int day) =>
        household.Change is { Kind: ChangeKind.SmallerBaskets or ChangeKind.LargerBaskets } change && day >= change.Day ? change.Factor : 1;

    private static bool IsFavourite(Household household, int product)
    {
        foreach (var favourite in household.Favourites)
        {
            if (favourite.Product == product)
            {
                return true;
            }
        }

        return false;
    }

    private void AddFavourites(Household household, Trip trip, bool usesCoupons)
    {
        foreach (var favourite in household.Favourites)
        {
            if (FavouriteDue.IsDue(panel.Options.Seed, household.Key, favourite, trip.PreviousDay, trip.Day))
            {
                var bits = RandomStream.Hash(panel.Options.Seed, Draw.FavouriteDue, household.Key, favourite.Product, trip.Day);
                _lines.Add(_lineFactory.Make(favourite.Product, depth: 0, bits, usesCoupons, allowsNothing: false));
            }
        }
    }

    private void AddCandidates(Household household, Trip trip, ulong salt, double size, bool usesCoupons)
    {
        var week = ShoppingCalendar.WeekOf(trip.Day);
        var isAdvertised = _multipliers.IsAdvertised(trip.Store, week);
        var limit = Multipliers.Limit(isAdvertised, isTargeted: _running.Count > 0);
        var counting = new RandomStream(salt);
        var count = counting.NextPoisson(size * Multipliers.Ceiling);
        var marks = new RandomStream(counting.NextBits());
        for (var index = 0; index < count; index++)
        {
            var bits = marks.NextBits();
            var mark = RandomStream.ToUnit(bits) * Multipliers.Ceiling;
            if (mark >= limit)
            {
                continue;
            }

            var product = Choose(household, RandomStream.Mix(bits));
            var offer = panel.Promotions.At(product, week);
            var multiplier = _multipliers.OfOffer(product, offer, trip.Store, week, isAdvertised);
            if (mark < multiplier * Multipliers.OfCampaigns(_running, product, without: null) && IsWanted(household, product, trip.Day, bits))
            {
                Buy(household, trip, product, offer, bits, usesCoupons, mark, multiplier);
            }
        }
    }

    /// <summary>A product that the household usually chooses from, or any.</summary>
    private int Choose(Household household, ulong bits)
    {
        var choice = RandomStream.ToUnit(bits);
        if (choice >= RepertoireShare)
        {
            return panel.Catalogue.Popularity.Pick(RandomStream.Mix(bits));
        }

        var place = choice / RepertoireShare;
        return household.Repertoire[(int)(household.Repertoire.Length * place * place)];
    }

    /// <summary>Favourites are bought on their due days only, seasonal goods mostly in season.</summary>
    private bool IsWanted(Household household, int product, int day, ulong bits)
    {
        var season = panel.Catalogue.CommodityOf(product).Season;
        return (season.Length == 0 || RandomStream.ToUnit(RandomStream.Mix(bits + 1)) < ShoppingCalendar.SeasonFactor(season, day))
            && !IsFavourite(household, product);
    }

    private void Buy(Household household, Trip trip, int product, Offer offer, ulong bits, bool usesCoupons, double mark, double multiplier)
    {
        var line = _lineFactory.Make(product, offer.Depth, RandomStream.Mix(bits + 2), usesCoupons, allowsNothing: true);
        Campaign? redeemed = null;
        foreach (var campaign in _running)
        {
            var isPossible = redeemed is null && campaign.Lists[product] && line.Quantity > 0 && line.CouponCents == 0 && trip.Visit == 0;
            if (isPossible && Redeem(household, trip, campaign, product, bits, ref line))
            {
                redeemed = campaign;
            }
        }

        foreach (var campaign in _running)
        {
            if (campaign.Lists[product])
            {
                tally.Campaign(campaign.Number, line, isIncremental: mark >= multiplier * Multipliers.OfCampaigns(_running, product, campaign), isRedeemed: campaign == redeemed);
            }
        }

        _lines.Add(line);
    }

    private bool Redeem(Household household, Trip trip, Campaign campaign, int product, ulong bits, ref BasketLine line)
    {
        var stream = new RandomStream(RandomStream.Mix(bits + 3) + (ulong)campaign.Number);
        if (!stream.NextChance(household.RedeemChance))
        {
            return false;
        }

        var coupons = campaign.ByProduct[product];
        var coupon = coupons[stream.NextBelow(coupons.Count)];
        if (_redemptions.Exists(redemption => redemption.Upc == coupon.Upc))
        {
            return false;
        }

        // Nobody hands in a coupon that takes nothing off.
        line = LineFactory.WithCoupon(line, coupon.ValueCents);
        if (line.CouponCents == 0)
        {
            return false;
        }

        _redemptions.Add(new Redemption(household.Key, trip.Day, coupon.Upc, campaign.Number));
        return true;
    }

    private void AddComplements(Household household, ulong salt, bool usesCoupons)
    {
        _firsts = 0;
        foreach (var line in _lines)
        {
            _firsts |= panel.Complements.FirstOf(line.Product);
        }

        _seconds = 0;
        foreach (var pair in panel.Complements.All)
        {
            var stream = new RandomStream(RandomStream.Mix(salt + (ulong)pair.Number));
            if ((_firsts & (1UL << pair.Number)) == 0 || !stream.NextChance(pair.Chance))
            {
                continue;
            }

            var product = panel.Complements.Added(pair, stream.NextBits());
            if (!IsFavourite(household, product))
            {
                _lines.Add(_lineFactory.Make(product, depth: 0, stream.NextBits(), usesCoupons, allowsNothing: false));
                _seconds |= 1UL << pair.Number;
            }
        }
    }

    /// <summary>Sorts by product and adds up lines of the same one.</summary>
    private void Merge()
    {
        _lines.Sort(static (one, other) => one.Product.CompareTo(other.Product));
        var kept = 0;
        for (var index = 0; index < _lines.Count; index++)
        {
            if (kept > 0 && _lines[kept - 1].Product == _lines[index].Product)
            {
                _lines[kept - 1] = LineFactory.Sum(_lines[kept - 1], _lines[index]);
            }
            else
            {
                _lines[kept++] = _lines[index];
            }
        }

        _lines.RemoveRange(kept, _lines.Count - kept);
    }
}

/// <summary>A coupon that was handed in with a basket.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Redemption(int Household, int Day, long Upc, int Campaign);
