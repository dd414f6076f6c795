using Dunnhumby.Contracts.Lines;
using Dunnhumby.Insights.Api.Lists;

namespace Dunnhumby.Insights.Api.Lines;

/// <summary>The columns of lines as CSV and Parquet: those of the files have the names that they have there, in lower case.</summary>
internal static class LineColumns
{
    internal static readonly IReadOnlyList<ListColumn<TransactionLine>> OfTransactions =
    [
        new("load_id", line => line.LoadId),
        new("mends_load_id", line => line.MendsLoadId),
        new("file", line => line.File),
        new("line", line => line.Line),
        new("untraced", line => line.Untraced),
        new("household_key", line => line.Household),
        new("basket_id", line => line.Basket),
        new("day", line => line.Day),
        new("date", line => line.Date),
        new("product_id", line => line.Product),
        new("section", line => line.Section),
        new("quantity", line => line.Quantity),
        new("sales_value", line => line.Sales),
        new("store_id", line => line.Store),
        new("retail_disc", line => line.RetailDiscount),
        new("trans_time", line => line.Time),
        new("week_no", line => line.Week),
        new("coupon_disc", line => line.CouponDiscount),
        new("coupon_match_disc", line => line.CouponMatchDiscount),
        new("counts", line => line.Counts),
        new("left_out_by", line => line.LeftOutBy),
    ];

    internal static readonly IReadOnlyList<ListColumn<Basket>> OfBaskets =
    [
        new("basket_id", basket => basket.Id),
        new("household_key", basket => basket.Household),
        new("day", basket => basket.Day),
        new("date", basket => basket.Date),
        new("trans_time", basket => basket.Time),
        new("store_id", basket => basket.Store),
        new("lines", basket => basket.Lines),
        new("counted", basket => basket.Counted),
        new("sales_value", basket => basket.Sales),
    ];

    internal static readonly IReadOnlyList<ListColumn<CampaignLine>> OfCampaigns =
    [
        new("dataset", line => line.Dataset),
        new("load_id", line => line.LoadId),
        new("mends_load_id", line => line.MendsLoadId),
        new("file", line => line.File),
        new("line", line => line.Line),
        new("untraced", line => line.Untraced),
        new("description", line => line.Description),
        new("start_day", line => line.StartDay),
        new("end_day", line => line.EndDay),
        new("household_key", line => line.Household),
        new("coupon_upc", line => line.Coupon),
        new("product_id", line => line.Product),
        new("day", line => line.Day),
    ];
}
