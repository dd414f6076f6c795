using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.SampleData.Tests;

public sealed class TwinTests(SmallJourney journey)
{
    [Fact]
    public void Twin_FilesBesidesTransactionsAndRedemptions_AreEqual()
    {
        foreach (var dataset in DatasetNames.All.Except([DatasetNames.Transactions, DatasetNames.CouponRedemptions], StringComparer.Ordinal))
        {
            journey.Twin.Bytes(dataset).AsSpan().SequenceEqual(journey.Real.Bytes(dataset)).ShouldBeTrue(dataset);
        }
    }

    [Fact]
    public void Twin_StatedEffects_AreNone()
    {
        var truth = journey.Twin.Truth;
        truth.Effects.ShouldBeFalse();
        truth.Campaigns.ShouldAllBe(campaign => campaign.Lift == 1 && campaign.IncrementalLines == 0 && campaign.IncrementalSalesValue == 0);
        truth.Displays.Concat(truth.Mailers).ShouldAllBe(effect => effect.Multiplier == 1);
        truth.Elasticities.ShouldAllBe(one => one.Elasticity == 0);
        truth.Complements.ShouldAllBe(pair => pair.AddedChance == 0 && pair.AddedBaskets == 0);
    }

    [Fact]
    public void Twin_LinesOfUnchangedHouseholds_DifferOnlyWhereAnEffectActs()
    {
        var changed = journey.Real.Truth.Churned.Select(one => one.HouseholdKey).Concat(journey.Real.Truth.Changes.Select(one => one.HouseholdKey)).ToHashSet();
        var real = journey.Purchases.Where(line => !changed.Contains(line.Household)).ToDictionary(line => (line.Basket, line.Product));
        var twin = journey.TwinPurchases.Where(line => !changed.Contains(line.Household)).ToDictionary(line => (line.Basket, line.Product));

        // No multiplier is below 1: what the twin bought is bought.
        twin.Keys.ShouldAllBe(key => real.ContainsKey(key));
        twin.Values.ShouldAllBe(line => real[ValueTuple.Create(line.Basket, line.Product)].Quantity >= line.Quantity);

        var advertised = journey.Real.Rows(DatasetNames.Causal).Select(fields => (int.Parse(fields[0]), int.Parse(fields[1]), int.Parse(fields[2]))).ToHashSet();
        var listed = journey.Real.Rows(DatasetNames.Coupons).Select(fields => int.Parse(fields[1])).ToHashSet();
        var targeted = journey.Real.Rows(DatasetNames.CampaignHouseholds).Select(fields => int.Parse(fields[1])).ToHashSet();
        var commodities = journey.Real.Rows(DatasetNames.Products).ToDictionary(fields => int.Parse(fields[0]), fields => fields[4]);
        var complements = journey.Real.Truth.Complements.Select(pair => pair.SecondCommodity).ToHashSet(StringComparer.Ordinal);
        var more = real.Values.Where(line => !twin.TryGetValue((line.Basket, line.Product), out var same) || same != line).ToList();
        more.Count.ShouldBeGreaterThan(1_000);

        // A line of quantity 0 shows no price cut, so nothing can be said of it.
        var unexplained = more.Where(line => line.Quantity > 0
            && line.Discount == 0
            && !advertised.Contains((line.Product, line.Store, line.Week))
            && !(targeted.Contains(line.Household) && listed.Contains(line.Product))
            && !complements.Contains(commodities[line.Product])).ToList();
        unexplained.ShouldBeEmpty();
    }
}
