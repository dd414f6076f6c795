using System.Globalization;
using System.Text;
using Dunnhumby.Contracts.Lines;
using Dunnhumby.Insights.Api.Tables;

namespace Dunnhumby.Insights.Api.Lines;

/// <summary>A page of lines as CSV, with the header <c>Link</c> to the next one.</summary>
/// <param name="items">The lines.</param>
/// <param name="next">The cursor of the next page; null on the last one.</param>
/// <param name="columns">Names and values.</param>
internal sealed class LineCsv<T>(IReadOnlyList<T> items, string? next, IReadOnlyList<(string Name, Func<T, object?> Value)> columns) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        httpContext.LinkToNext(next);
        response.ContentType = TableFormat.Csv.ContentType();
        if (HttpMethods.IsHead(request.Method))
        {
            return;
        }

        var text = new StringBuilder().AppendJoin(',', columns.Select(column => column.Name)).Append('\n');
        foreach (var item in items)
        {
            text.AppendJoin(',', columns.Select(column => Field(column.Value(item)))).Append('\n');
        }

        await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
    }

    private static string? Field(object? value) => value switch
    {
        string text => CsvText.Field(text),
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}

/// <summary>The columns of lines as CSV: those of the files have the names that they have there, in lower case.</summary>
internal static class LineColumns
{
    internal static readonly (string Name, Func<TransactionLine, object?> Value)[] OfTransactions =
    [
        ("load_id", line => line.LoadId),
        ("mends_load_id", line => line.MendsLoadId),
        ("file", line => line.File),
        ("line", line => line.Line),
        ("untraced", line => line.Untraced),
        ("household_key", line => line.Household),
        ("basket_id", line => line.Basket),
        ("day", line => line.Day),
        ("date", line => line.Date),
        ("product_id", line => line.Product),
        ("section", line => line.Section),
        ("quantity", line => line.Quantity),
        ("sales_value", line => line.Sales),
        ("store_id", line => line.Store),
        ("retail_disc", line => line.RetailDiscount),
        ("trans_time", line => line.Time),
        ("week_no", line => line.Week),
        ("coupon_disc", line => line.CouponDiscount),
        ("coupon_match_disc", line => line.CouponMatchDiscount),
        ("counts", line => line.Counts),
        ("left_out_by", line => line.LeftOutBy),
    ];

    internal static readonly (string Name, Func<Basket, object?> Value)[] OfBaskets =
    [
        ("basket_id", basket => basket.Id),
        ("household_key", basket => basket.Household),
        ("day", basket => basket.Day),
        ("date", basket => basket.Date),
        ("trans_time", basket => basket.Time),
        ("store_id", basket => basket.Store),
        ("lines", basket => basket.Lines),
        ("counted", basket => basket.Counted),
        ("sales_value", basket => basket.Sales),
    ];

    internal static readonly (string Name, Func<CampaignLine, object?> Value)[] OfCampaigns =
    [
        ("dataset", line => line.Dataset),
        ("load_id", line => line.LoadId),
        ("mends_load_id", line => line.MendsLoadId),
        ("file", line => line.File),
        ("line", line => line.Line),
        ("untraced", line => line.Untraced),
        ("description", line => line.Description),
        ("start_day", line => line.StartDay),
        ("end_day", line => line.EndDay),
        ("household_key", line => line.Household),
        ("coupon_upc", line => line.Coupon),
        ("product_id", line => line.Product),
        ("day", line => line.Day),
    ];
}
