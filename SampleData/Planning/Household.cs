using System.Runtime.InteropServices;
using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>A household: how often it shops, how much, where, and what it likes.</summary>
internal sealed class Household
{
    /// <summary>household_key, from 1.</summary>
    internal required int Key { get; init; }

    /// <summary>Chance of a trip on an average day.</summary>
    internal required double TripRate { get; init; }

    /// <summary>Lines per basket before any effect.</summary>
    internal required double BasketSize { get; init; }

    /// <summary>How it spreads its trips over the weekdays, mean 1, by DAY modulo 7.</summary>
    internal required double[] Weekdays { get; init; }

    internal required int HomeStore { get; init; }

    internal required int SecondStore { get; init; }

    /// <summary>Share of trips to the home store.</summary>
    internal required double HomeShare { get; init; }

    internal required int JoinDay { get; init; }

    /// <summary>After this day it never comes again; null when it stays.</summary>
    internal required int? ChurnDay { get; init; }

    internal required HouseholdChange? Change { get; init; }

    /// <summary>The products it usually chooses from, the best liked first; the chance falls with the position.</summary>
    internal required int[] Repertoire { get; init; }

    internal required Favourite[] Favourites { get; init; }

    /// <summary>Chance that it uses a coupon that it holds.</summary>
    internal required double RedeemChance { get; init; }

    /// <summary>Chance that a basket comes with coupons that belong to no campaign.</summary>
    internal required double CouponChance { get; init; }

    /// <summary>How much it buys: campaigns and the demographic survey prefer the large.</summary>
    internal double Weight => TripRate * BasketSize;
}

/// <summary>A planted change of behaviour: from <paramref name="Day"/> on.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="Day">First day of the new behaviour.</param>
/// <param name="Factor">What the trips or the basket size are multiplied with; 1 for a new store.</param>
internal sealed record HouseholdChange(ChangeKind Kind, int Day, double Factor);

/// <summary>How a household's behaviour changes.</summary>
internal enum ChangeKind
{
    FewerTrips,
    MoreTrips,
    SmallerBaskets,
    LargerBaskets,
    NewStore,
}

/// <summary>A product that a household buys again and again, on its first trip after each due day.</summary>
/// <param name="Product">Position in the catalogue; always a staple.</param>
/// <param name="IntervalDays">Days between due days, on average.</param>
/// <param name="Phase">First due day.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Favourite(int Product, int IntervalDays, double Phase);

/// <summary>When favourites are due: every interval from the phase on, each due day moved by up to a tenth of the interval.</summary>
internal static class FavouriteDue
{
    private const double Jitter = 0.2;

    /// <summary>Whether a due day lies behind the trip before and not behind this one.</summary>
    internal static bool IsDue(ulong seed, int household, Favourite favourite, int previousDay, int day)
    {
        var first = (long)Math.Floor((previousDay - favourite.Phase) / favourite.IntervalDays);
        var last = (long)Math.Floor((day - favourite.Phase) / favourite.IntervalDays);
        for (var number = Math.Max(0, first - 1); number <= last + 1; number++)
        {
            var unit = RandomStream.ToUnit(RandomStream.Hash(seed, Draw.FavouriteDue, household, favourite.Product, -1 - number));
            var due = favourite.Phase + ((number + (Jitter * (unit - 0.5))) * favourite.IntervalDays);
            if (due > previousDay && due <= day)
            {
                return true;
            }
        }

        return false;
    }
}
