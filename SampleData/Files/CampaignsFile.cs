using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Csv;

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
