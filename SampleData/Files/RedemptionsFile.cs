using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Campaigns;
using Dunnhumby.SampleData.Csv;

namespace Dunnhumby.SampleData.Files;

/// <summary>By day and basket: the coupons of the transactions' baskets. Only baskets under a campaign are built again for it.</summary>
internal sealed class RedemptionsFile(Panel panel, int firstDay, int lastDay)
    : DatasetFile(DatasetNames.CouponRedemptions, "household_key,DAY,COUPON_UPC,CAMPAIGN")
{
    internal override int Chunks => Math.Max(0, lastDay - firstDay + 1);

    internal override void Write(int chunk, CsvBuffer buffer, Tally tally)
    {
        var builder = new BasketBuilder(panel, tally);
        var running = new List<Campaign>();
        foreach (var trip in panel.Trips.Of(firstDay + chunk))
        {
            panel.Running.Find(trip.Household, trip.Day, running);
            if (running.Count == 0 || panel.Households[trip.Household].RedeemChance == 0)
            {
                continue;
            }

            builder.Build(trip);
            foreach (var redemption in builder.Redemptions)
            {
                buffer.Number(redemption.Household).Number(redemption.Day).Number(redemption.Upc).Number(redemption.Campaign).EndRow();
            }
        }
    }
}
