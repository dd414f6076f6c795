namespace Dunnhumby.SampleData.Households;

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
