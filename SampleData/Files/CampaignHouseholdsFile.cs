using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Csv;

namespace Dunnhumby.SampleData.Files;

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
