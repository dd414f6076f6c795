namespace Dunnhumby.SampleData.Tests;

/// <summary>
/// The planted effects are found in the files by comparing with the twin: both have the same candidates for purchases, so the ratio of their lines is
/// the effect. Only lines before the first campaign (day 224), so that no campaign is among the causes.
/// </summary>
public sealed class PlantedEffectTests(SmallJourney journey)
{
    private const int BeforeCampaigns = 224;

    [Fact]
    public void Displays_LinesAgainstTheTwin_HaveTheStatedMultipliers()
    {
        // Displayed, not mailed, at the shelf price: nothing but the display acts. Pooled over the codes, because single codes have few lines.
        var cells = journey.Real.Rows("causal_data").Where(fields => fields[4] is "0").ToDictionary(Cell, fields => fields[3]);
        var multipliers = journey.Real.Truth.Displays.ToDictionary(effect => effect.Code, effect => effect.Multiplier, StringComparer.Ordinal);
        Compare(cells, multipliers);
    }

    [Fact]
    public void Mailers_LinesAgainstTheTwin_HaveTheStatedMultipliers()
    {
        var cells = journey.Real.Rows("causal_data").Where(fields => fields[3] is "0").ToDictionary(Cell, fields => fields[4]);
        var multipliers = journey.Real.Truth.Mailers.ToDictionary(effect => effect.Code, effect => effect.Multiplier, StringComparer.Ordinal);
        Compare(cells, multipliers);
    }

    [Fact]
    public void PriceCuts_LinesAgainstTheTwin_FollowTheElasticities()
    {
        var commodities = journey.Real.Rows("product").ToDictionary(fields => int.Parse(fields[0]), fields => fields[4]);
        var elasticities = journey.Real.Truth.Elasticities.ToDictionary(one => one.Commodity, one => one.Elasticity, StringComparer.Ordinal);
        var advertised = journey.Real.Rows("causal_data").Select(Cell).ToHashSet();
        bool IsCut(Purchase line) => line.Day < BeforeCampaigns && line.Discount < 0 && !advertised.Contains((line.Product, line.Store, line.Week));

        // What each line of the twin must have become: (paid / shelf price) ^ elasticity lines.
        var expected = journey.TwinPurchases.Where(IsCut).Sum(line => Math.Pow(
            (double)(line.Sales - line.Match) / (line.Sales - line.Match - line.Discount), elasticities[commodities[line.Product]]));
        var twin = journey.TwinPurchases.Count(IsCut);
        var actual = journey.Purchases.Count(IsCut);
        (expected / twin).ShouldBeGreaterThan(1.3);
        (actual / expected).ShouldBe(1, 0.04);
    }

    [Fact]
    public void Campaigns_SalesInTheFiles_AreThoseOfTheTruth()
    {
        foreach (var truth in journey.Real.Truth.Campaigns)
        {
            var (targets, listed) = Reach(truth.Campaign);
            var sales = journey.Purchases
                .Where(line => line.Day >= truth.FirstDay && line.Day <= truth.LastDay && targets.Contains(line.Household) && listed.Contains(line.Product))
                .Sum(line => (long)line.Sales);
            truth.SalesValue.ShouldBe(sales / 100m, $"campaign {truth.Campaign}");
            truth.Targeted.ShouldBe(targets.Count);
            truth.ListedProducts.ShouldBe(listed.Count);
        }
    }

    [Fact]
    public void Campaigns_IncrementalLines_FollowTheLift()
    {
        // Of lift × n lines, (lift - 1) × n are incremental. Where campaigns meet the cap takes a little off, so broad campaigns pooled.
        var broad = journey.Real.Truth.Campaigns.Where(campaign => campaign.Description is "TypeA").ToList();
        var expected = broad.Sum(campaign => campaign.Lines * (1 - (1 / campaign.Lift)));
        var actual = (double)broad.Sum(campaign => campaign.IncrementalLines);
        actual.ShouldBeGreaterThan(200);
        (actual / expected).ShouldBe(1, 0.12);
    }

    [Fact]
    public void Campaigns_NaiveComparison_OverstatesTheEffect()
    {
        // Mean sales of listed products per targeted household less those per other household, times targeted: what a naive analyst reports.
        var naive = 0.0;
        var truth = 0.0;
        foreach (var campaign in journey.Real.Truth.Campaigns.Where(campaign => campaign.Description is "TypeA"))
        {
            var (targets, listed) = Reach(campaign.Campaign);
            var during = journey.Purchases.Where(line => line.Day >= campaign.FirstDay && line.Day <= campaign.LastDay && listed.Contains(line.Product)).ToList();
            var targeted = during.Where(line => targets.Contains(line.Household)).Sum(line => line.Sales / 100.0) / targets.Count;
            var others = during.Where(line => !targets.Contains(line.Household)).Sum(line => line.Sales / 100.0) / (journey.Real.Truth.Households - targets.Count);
            naive += (targeted - others) * targets.Count;
            truth += (double)campaign.IncrementalSalesValue;
        }

        truth.ShouldBeGreaterThan(0);
        naive.ShouldBeGreaterThan(2 * truth);
    }

    private static (int Product, int Store, int Week) Cell(string[] fields) => (int.Parse(fields[0]), int.Parse(fields[1]), int.Parse(fields[2]));

    private void Compare(Dictionary<(int Product, int Store, int Week), string> cells, Dictionary<string, double> multipliers)
    {
        string? Code(Purchase line) => line.Day < BeforeCampaigns && line.Discount == 0 && line.Quantity > 0
            ? cells.GetValueOrDefault((line.Product, line.Store, line.Week))
            : null;
        var expected = journey.TwinPurchases.Select(Code).Where(code => code is not null).Sum(code => multipliers[code!]); // Not null: filtered.
        var twin = journey.TwinPurchases.Count(line => Code(line) is not null);
        var actual = journey.Purchases.Count(line => Code(line) is not null);
        twin.ShouldBeGreaterThan(200);
        (expected / twin).ShouldBeGreaterThan(1.1);
        (actual / expected).ShouldBe(1, 0.08);
    }

    private (HashSet<int> Targets, HashSet<int> Listed) Reach(int campaign) =>
    (
        journey.Real.Rows("campaign_table").Where(fields => int.Parse(fields[2]) == campaign).Select(fields => int.Parse(fields[1])).ToHashSet(),
        journey.Real.Rows("coupon").Where(fields => int.Parse(fields[2]) == campaign).Select(fields => int.Parse(fields[1])).ToHashSet());
}
