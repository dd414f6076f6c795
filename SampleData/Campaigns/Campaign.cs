namespace Dunnhumby.SampleData.Campaigns;

/// <summary>A campaign with its households and coupons.</summary>
internal sealed class Campaign
{
    /// <summary>CAMPAIGN, from 1 in the order of the start days.</summary>
    internal required int Number { get; init; }

    /// <summary>TypeA, TypeB or TypeC.</summary>
    internal required string Type { get; init; }

    internal required int FirstDay { get; init; }

    internal required int LastDay { get; init; }

    /// <summary>What the campaign multiplies the purchases of listed products by targeted households with, while it runs; 1 without effects.</summary>
    internal required double Lift { get; init; }

    /// <summary>Positions of the targeted households, ascending.</summary>
    internal required int[] Households { get; init; }

    internal required IReadOnlyList<Coupon> Coupons { get; init; }

    /// <summary>For each listed product the coupons that list it.</summary>
    internal required Dictionary<int, List<Coupon>> ByProduct { get; init; }

    /// <summary>Per product whether a coupon lists it: a dense copy of the keys of <see cref="ByProduct"/>, for the innermost loop.</summary>
    internal required bool[] Lists { get; init; }
}
