using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Files;

/// <summary>By household_key.</summary>
internal sealed class DemographicsFile(Panel panel) : DatasetFile(
    DatasetNames.Demographics,
    "AGE_DESC,MARITAL_STATUS_CODE,INCOME_DESC,HOMEOWNER_DESC,HH_COMP_DESC,HOUSEHOLD_SIZE_DESC,KID_CATEGORY_DESC,household_key")
{
    internal override int Chunks => 1;

    internal override void Write(int chunk, CsvBuffer buffer, Tally tally)
    {
        foreach (var row in Demographics.Survey(panel.Options.Seed, panel.Households))
        {
            buffer.Text(row.Age).Text(row.Marital).Text(row.Income).Text(row.Homeowner).Text(row.Composition).Text(row.Size).Text(row.Kids).Number(row.Key).EndRow();
        }
    }
}
