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
            response.ContentType = format.ContentType();
            if (!HttpMethods.IsHead(httpContext.Request.Method))
            {
                var sent = format switch
                {
                    TableFormat.Csv => await CsvTable.WriteAsync(rows.Reader, response.BodyWriter, httpContext.RequestAborted),
                    TableFormat.Parquet => await ParquetTable.WriteAsync(rows.Reader, response.BodyWriter, httpContext.RequestAborted),
                    _ => await JsonTable.WriteAsync(rows.Reader, response.BodyWriter, httpContext.RequestAborted),
                };
                InsightsTelemetry.TableRows.Add(sent);
            }
        }
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}
