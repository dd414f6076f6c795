using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Planning;

namespace Dunnhumby.SampleData.Files;

/// <summary>By day, basket and product; a day is a chunk.</summary>
internal sealed class TransactionsFile(Panel panel, int firstDay, int lastDay) : DatasetFile(
    DatasetNames.Transactions,
    "household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID,RETAIL_DISC,TRANS_TIME,WEEK_NO,COUPON_DISC,COUPON_MATCH_DISC")
{
    internal override int Chunks => Math.Max(0, lastDay - firstDay + 1);

    internal override bool Measures => firstDay == 1 && lastDay == panel.Calendar.LastDay;

    internal override void Write(int chunk, CsvBuffer buffer, Tally tally)
    {
        var builder = new BasketBuilder(panel, tally);
        var day = firstDay + chunk;
        foreach (var trip in panel.Trips.Of(day))
        {
            builder.Build(trip);
            foreach (var line in builder.Lines)
            {
                buffer.Number(panel.Households[trip.Household].Key)
                    .Number(trip.BasketId)
                    .Number(day)
                    .Number(panel.Catalogue.Products[line.Product].Id)
                    .Number(line.Quantity)
                    .Money(line.SalesCents)
                    .Number(panel.Stores.Ids[trip.Store])
                    .Money(line.RetailDiscountCents)
                    .Number((trip.Minute / 60 * 100) + (trip.Minute % 60))
                    .Number(ShoppingCalendar.WeekOf(day))
                    .Money(line.CouponCents)
                    .Money(line.CouponMatchCents)
                    .EndRow();
            }
        }
    }
}

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
