using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Files;

/// <summary>By product, week and store: a row for every store that displays or mails an advertised product.</summary>
internal sealed class CausalFile(Panel panel) : DatasetFile(DatasetNames.Causal, "PRODUCT_ID,STORE_ID,WEEK_NO,display,mailer")
{
    private const int PerChunk = 128;

    internal override int Chunks => (panel.Catalogue.Products.Length + PerChunk - 1) / PerChunk;

    internal override void Write(int chunk, CsvBuffer buffer, Tally tally)
    {
        var carried = new List<int>();
        var last = Math.Min(panel.Catalogue.Products.Length, (chunk + 1) * PerChunk);
        var lastWeek = Math.Min(PromotionPlan.LastWeek, panel.Options.Weeks);
        for (var product = chunk * PerChunk; product < last; product++)
        {
            carried.Clear();
            for (var week = PromotionPlan.FirstWeek; week <= lastWeek; week++)
            {
                var offer = panel.Promotions.At(product, week);
                if (offer.IsAdvertised)
                {
                    WriteWeek(product, week, offer, Carriers(product, carried), buffer);
                }
            }
        }
    }

    private void WriteWeek(int product, int week, Offer offer, List<int> stores, CsvBuffer buffer)
    {
        var id = panel.Catalogue.Products[product].Id;
        foreach (var store in stores)
        {
            var display = panel.Promotions.DisplayAt(product, week, store, offer);
            if (display != Advertising.None || offer.Mailer != Advertising.None)
            {
                buffer.Number(id)
                    .Number(panel.Stores.Ids[store])
                    .Number(week)
                    .Code(Advertising.DisplayCodes[display])
                    .Code(Advertising.MailerCodes[offer.Mailer])
                    .EndRow();
            }
        }
    }

    /// <summary>The stores that take part, found once for a product.</summary>
    private List<int> Carriers(int product, List<int> stores)
    {
        if (stores.Count == 0)
        {
            stores.AddRange(Enumerable.Range(0, panel.Stores.Advertised).Where(store => panel.Promotions.IsCarried(product, store)));
        }

        return stores;
    }
}
