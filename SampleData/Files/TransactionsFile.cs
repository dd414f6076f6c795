using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Csv;
using Dunnhumby.SampleData.Days;

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
