using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Planning;

/// <summary>
/// Plans thirty campaigns: five broad ones (TypeA), nineteen small (TypeB), six of any length (TypeC). They go to households that buy much anyway, so
/// that comparing targeted with other households overstates what a campaign did.
/// </summary>
internal sealed class CampaignPlanner(ulong seed, bool effects, double scale, IReadOnlyList<Household> households, CouponFactory coupons)
{
    private const int FirstStart = 224;

    /// <summary>Lifts are at most this, also of campaigns together.</summary>
    internal const double LargestLift = 1.8;

    /// <summary>The campaigns that begin by a day, by number.</summary>
    internal IReadOnlyList<Campaign> Plan(int lastDay)
    {
        var drafts = new List<(string Type, int Index, int First, int Last)>();
        AddDrafts(drafts, "TypeA", 5, firstStart: 310, lastStart: 600, (46, 56));
        AddDrafts(drafts, "TypeB", 19, firstStart: 240, lastStart: 645, (32, 46));
        AddDrafts(drafts, "TypeC", 6, firstStart: FirstStart, lastStart: 610, (32, 90));
        var ordered = drafts.OrderBy(draft => draft.First).ThenBy(draft => draft.Type, StringComparer.Ordinal).ThenBy(draft => draft.Index).ToList();
        return [.. ordered.Where(draft => draft.First <= lastDay).Select((draft, index) => Make(index + 1, draft.Type, draft.First, draft.Last))];
    }

    private void AddDrafts(List<(string Type, int Index, int First, int Last)> drafts, string type, int count, int firstStart, int lastStart, (int Least, int Most) length)
    {
        for (var index = 0; index < count; index++)
        {
            var stream = RandomStream.For(seed, Draw.Campaign, type[^1], index);
            var start = firstStart + ((lastStart - firstStart) * index / (count - 1)) + stream.NextBelow(12);
            var days = length.Least + stream.NextBelow(length.Most - length.Least);

            // One long campaign, as in the original.
            days = type is "TypeC" && index == count - 2 ? 161 : days;
            drafts.Add((type, index, start, start + days - 1));
        }
    }

    private Campaign Make(int number, string type, int first, int last)
    {
        var stream = RandomStream.For(seed, Draw.Target, number);
        var share = type switch
        {
            "TypeA" => stream.NextBetween(0.30, 0.44),
            "TypeB" => 0.006 + (0.11 * Math.Pow(stream.NextUnit(), 1.2)),
            _ => 0.006 + (0.085 * stream.NextUnit()),
        };
        var lift = type switch
        {
            "TypeA" => stream.NextBetween(1.15, 1.4),
            "TypeB" => stream.NextBetween(1.25, LargestLift),
            _ => stream.NextBetween(1.2, 1.6),
        };
        var made = coupons.Make(number, type, scale);
        var lists = new bool[coupons.Products];
        var byProduct = new Dictionary<int, List<Coupon>>();
        foreach (var coupon in made)
        {
            foreach (var product in coupon.Products)
            {
                lists[product] = true;
                (byProduct.TryGetValue(product, out var those) ? those : byProduct[product] = []).Add(coupon);
            }
        }

        return new Campaign
        {
            Number = number,
            Type = type,
            FirstDay = first,
            LastDay = last,
            Lift = effects ? Math.Round(lift, 2) : 1,
            Households = Targets(number, Math.Max(2, (int)Math.Round(share * households.Count))),
            Coupons = made,
            ByProduct = byProduct,
            Lists = lists,
        };
    }

    /// <summary>Draws without replacement, weighted (Efraimidis and Spirakis); part of the weight is the household's own standing with the planners.</summary>
    private int[] Targets(int number, int count) =>
    [
        .. Enumerable.Range(0, households.Count)
            .OrderBy(index => Distributions.Wait(RandomStream.Hash(seed, Draw.Target, number, households[index].Key)) / Appeal(households[index]))
            .Take(count)
            .Order(),
    ];

    private double Appeal(Household household)
    {
        var stream = RandomStream.For(seed, Draw.Target, 0, household.Key);
        return stream.NextLogNormal(1, 1.3) * Math.Pow(household.Weight, 1.3);
    }
}
