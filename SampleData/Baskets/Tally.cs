using System.Numerics;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Baskets;

/// <summary>What came out of the planted effects. Whole numbers only: they add up to the same in any order.</summary>
internal sealed class Tally(Panel panel)
{
    private readonly int[] _firsts = new int[panel.Complements.All.Count];
    private readonly int[] _seconds = new int[panel.Complements.All.Count];
    private readonly int[] _both = new int[panel.Complements.All.Count];
    private readonly int[] _added = new int[panel.Complements.All.Count];
    private readonly CampaignTally[] _campaigns = [.. panel.Campaigns.Select(_ => new CampaignTally())];

    internal long Lines { get; private set; }

    internal long SalesCents { get; private set; }

    /// <summary>Baskets with at least one line.</summary>
    internal int Baskets { get; private set; }

    internal CampaignTally Of(Campaign campaign) => _campaigns[campaign.Number - 1];

    /// <summary>Baskets with the first, with the second, with both, and with the second added because of the first.</summary>
    internal (int First, int Second, int Both, int Added) Of(Complement pair) =>
        (_firsts[pair.Number], _seconds[pair.Number], _both[pair.Number], _added[pair.Number]);

    internal void Basket(List<BasketLine> lines, ulong firsts, ulong added)
    {
        if (lines.Count == 0)
        {
            return;
        }

        Baskets++;
        Lines += lines.Count;
        ulong allFirsts = firsts;
        ulong seconds = 0;
        foreach (var line in lines)
        {
            SalesCents += line.SalesCents;
            allFirsts |= panel.Complements.FirstOf(line.Product);
            seconds |= panel.Complements.SecondOf(line.Product);
        }

        Count(_firsts, allFirsts);
        Count(_seconds, seconds);
        Count(_both, allFirsts & seconds);
        Count(_added, added);
    }

    internal void Campaign(int number, BasketLine line, bool isIncremental, bool isRedeemed)
    {
        var campaign = _campaigns[number - 1];
        campaign.Lines++;
        campaign.SalesCents += line.SalesCents;
        campaign.IncrementalLines += isIncremental ? 1 : 0;
        campaign.IncrementalSalesCents += isIncremental ? line.SalesCents : 0;
        campaign.Redemptions += isRedeemed ? 1 : 0;
    }

    internal void Add(Tally other)
    {
        Lines += other.Lines;
        SalesCents += other.SalesCents;
        Baskets += other.Baskets;
        for (var index = 0; index < _firsts.Length; index++)
        {
            _firsts[index] += other._firsts[index];
            _seconds[index] += other._seconds[index];
            _both[index] += other._both[index];
            _added[index] += other._added[index];
        }

        for (var index = 0; index < _campaigns.Length; index++)
        {
            _campaigns[index].Add(other._campaigns[index]);
        }
    }

    private static void Count(int[] counts, ulong bits)
    {
        for (; bits != 0; bits &= bits - 1)
        {
            counts[BitOperations.TrailingZeroCount(bits)]++;
        }
    }
}

/// <summary>Purchases of listed products by targeted households while a campaign ran, and those that only the campaign brought.</summary>
internal sealed class CampaignTally
{
    internal int Lines { get; set; }

    internal long SalesCents { get; set; }

    internal int IncrementalLines { get; set; }

    internal long IncrementalSalesCents { get; set; }

    internal int Redemptions { get; set; }

    internal void Add(CampaignTally other)
    {
        Lines += other.Lines;
        SalesCents += other.SalesCents;
        IncrementalLines += other.IncrementalLines;
        IncrementalSalesCents += other.IncrementalSalesCents;
        Redemptions += other.Redemptions;
    }
}
