using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Files;

/// <summary>By CAMPAIGN.</summary>
internal sealed class CampaignsFile(Panel panel) : DatasetFile(DatasetNames.Campaigns, "DESCRIPTION,CAMPAIGN,START_DAY,END_DAY")
{
    internal override int Chunks => 1;

    internal override void Write(int chunk, CsvBuffer buffer, Tally tally)
    {
        foreach (var campaign in panel.Campaigns)
        {
            buffer.Text(campaign.Type).Number(campaign.Number).Number(campaign.FirstDay).Number(campaign.LastDay).EndRow();
        }
    }
}

/// <summary>By CAMPAIGN and household_key.</summary>
internal sealed class CampaignHouseholdsFile(Panel panel) : DatasetFile(DatasetNames.CampaignHouseholds, "DESCRIPTION,household_key,CAMPAIGN")
{
    internal override int Chunks => 1;

    internal override void Write(int chunk, CsvBuffer buffer, Tally tally)
    {
        foreach (var campaign in panel.Campaigns)
        {
            foreach (var household in campaign.Households)
            {
                buffer.Text(campaign.Type).Number(panel.Households[household].Key).Number(campaign.Number).EndRow();
            }
        }
    }
}

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
