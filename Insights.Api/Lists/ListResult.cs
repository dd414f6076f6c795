using System.Data;
using Dunnhumby.Insights.Api.Forms;

namespace Dunnhumby.Insights.Api.Lists;

/// <summary>The items of a list as CSV or Parquet, with the header <c>Link</c> to the next page.</summary>
/// <param name="table">The items.</param>
/// <param name="format">Not JSON.</param>
/// <param name="next">The cursor of the next page; null on the last one.</param>
internal sealed class ListResult(DataTable table, TableFormat format, string? next) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = format.ContentType();
        httpContext.LinkToNext(next);
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        await using var rows = table.CreateDataReader();
        if (format is TableFormat.Csv)
        {
            await CsvTable.WriteAsync(rows, response.BodyWriter, httpContext.RequestAborted);
        }
        else
        {
            await ParquetTable.WriteAsync(rows, ListTable.Decimals, response.BodyWriter, httpContext.RequestAborted);
        }
    }
}
