namespace Dunnhumby.SampleData.Baskets;

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
