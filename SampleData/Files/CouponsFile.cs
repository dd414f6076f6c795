using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Csv;
using Dunnhumby.SampleData.Randomness;

namespace Dunnhumby.SampleData.Files;

/// <summary>By campaign, coupon and product; as in the original a few rows are repeated.</summary>
internal sealed class CouponsFile(Panel panel) : DatasetFile(DatasetNames.Coupons, "COUPON_UPC,PRODUCT_ID,CAMPAIGN")
{
    private const double RepeatedShare = 0.043;

    internal override int Chunks => panel.Campaigns.Count;

    internal override void Write(int chunk, CsvBuffer buffer, Tally tally)
    {
        var campaign = panel.Campaigns[chunk];
        foreach (var coupon in campaign.Coupons)
        {
            foreach (var product in coupon.Products)
            {
                var repeats = RandomStream.ToUnit(RandomStream.Hash(panel.Options.Seed, Draw.Coupon, -1, coupon.Upc, product)) < RepeatedShare ? 2 : 1;
                for (var time = 0; time < repeats; time++)
                {
                    buffer.Number(coupon.Upc).Number(panel.Catalogue.Products[product].Id).Number(campaign.Number).EndRow();
                }
            }
        }
    }
}
