namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Sends a table row by row: memory does not grow with the table, and a slow client slows the reading down.</summary>
internal sealed class TableResult(TableRows rows, TableFormat format) : IResult, IStatusCodeHttpResult, IAsyncDisposable
{
    /// <summary>Bytes after which what was written goes out.</summary>
    internal const int FlushBytes = 32 * 1024;

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (rows)
        {
            var response = httpContext.Response;
            response.ContentType = format is TableFormat.Csv ? "text/csv; charset=utf-8; header=present" : "application/json; charset=utf-8";
            if (!HttpMethods.IsHead(httpContext.Request.Method))
            {
                var sent = format is TableFormat.Csv
                    ? await CsvTable.WriteAsync(rows.Reader, response.BodyWriter, httpContext.RequestAborted)
                    : await JsonTable.WriteAsync(rows.Reader, response.BodyWriter, httpContext.RequestAborted);
                InsightsTelemetry.TableRows.Add(sent);
            }
        }
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
