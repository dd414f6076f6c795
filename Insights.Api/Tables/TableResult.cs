using Dunnhumby.Insights.Api.Forms;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Sends a table row by row: memory does not grow with the table, and a slow client slows the reading down.</summary>
/// <param name="rows">The rows.</param>
/// <param name="format">Their form.</param>
/// <param name="next">Where the next page begins, for the header <c>Link</c>; null when there is none.</param>
internal sealed class TableResult(TableRows rows, TableFormat format, string? next = null) : IResult, IStatusCodeHttpResult, IAsyncDisposable
{
    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (rows)
        {
            var response = httpContext.Response;
            response.ContentType = format.ContentType();
            httpContext.LinkToNext(next);
            if (!HttpMethods.IsHead(httpContext.Request.Method))
            {
                var sent = format switch
                {
                    TableFormat.Csv => await CsvTable.WriteAsync(rows.Reader, response.BodyWriter, httpContext.RequestAborted),
                    TableFormat.Parquet => await ParquetTable.WriteAsync(rows.Reader, decimals: null, response.BodyWriter, httpContext.RequestAborted),
                    _ => await JsonTable.WriteAsync(rows.Reader, response.BodyWriter, httpContext.RequestAborted),
                };
                InsightsTelemetry.TableRows.Add(sent);
            }
        }
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
