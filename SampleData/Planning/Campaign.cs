namespace Dunnhumby.SampleData.Planning;

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

/// <summary>A coupon of a campaign.</summary>
/// <param name="Upc">COUPON_UPC.</param>
/// <param name="ValueCents">What it takes off.</param>
/// <param name="Products">Positions of the products it is good for, ascending.</param>
internal sealed record Coupon(long Upc, int ValueCents, IReadOnlyList<int> Products);

/// <summary>Which campaigns a household is under on a day.</summary>
internal sealed class CampaignCalendar
{
    private readonly Campaign[][] _byHousehold;

    internal CampaignCalendar(IReadOnlyList<Campaign> campaigns, int households)
    {
        var lists = new List<Campaign>[households];
        for (var index = 0; index < households; index++)
        {
            lists[index] = [];
        }

        foreach (var campaign in campaigns)
        {
            foreach (var household in campaign.Households)
            {
                lists[household].Add(campaign);
            }
        }

        _byHousehold = Array.ConvertAll(lists, list => list.ToArray());
    }

    /// <summary>Puts the running campaigns into <paramref name="running"/>.</summary>
    internal void Find(int household, int day, List<Campaign> running)
    {
        running.Clear();
        foreach (var campaign in _byHousehold[household])
        {
            if (day >= campaign.FirstDay && day <= campaign.LastDay)
            {
                running.Add(campaign);
            }
        }
    }
}
