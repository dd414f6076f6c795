using Dunnhumby.Insights.Api.Forms;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Sends a table row by row: memory does not grow with the table, and a slow client slows the reading down.</summary>
/// <param name="rows">The rows.</param>
/// <param name="format">Their form.</param>
/// <param name="next">Where the next page begins, for the header <c>Link</c>; null when there is none.</param>
internal sealed class TableResult(TableRows rows, TableFormat format, string? next = null) : IResult, IStatusCodeHttpResult, IAsyncDisposable
{
    /// <summary>A table that is sent in one piece is little enough to be remembered.</summary>
    private const int Little = TableFormats.FlushBytes;

    public int? StatusCode => StatusCodes.Status200OK;

    /// <summary>What to do with a table that is little.</summary>
    internal Action<KnownTable>? Remember { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (rows)
        {
            var response = httpContext.Response;
            response.ContentType = format.ContentType();
            httpContext.LinkToNext(next);
            if (!HttpMethods.IsHead(httpContext.Request.Method))
            {
                var copying = Remember is null ? null : new CopyingPipe(response.BodyWriter, Little);
                var output = copying ?? response.BodyWriter;
                var sent = format switch
                {
                    TableFormat.Csv => await CsvTable.WriteAsync(rows.Reader, output, httpContext.RequestAborted),
                    TableFormat.Parquet => await ParquetTable.WriteAsync(rows.Reader, decimals: null, output, httpContext.RequestAborted),
                    _ => await JsonTable.WriteAsync(rows.Reader, output, httpContext.RequestAborted),
                };
                InsightsTelemetry.TableRows.Add(sent);
                if (copying?.Copy is { } body)
                {
                    Remember?.Invoke(new KnownTable(body, sent, format));
                }
            }
        }
    }

    public ValueTask DisposeAsync() => rows.DisposeAsync();
}

/// <summary>A little table as it was sent before.</summary>
/// <param name="body">All of it.</param>
/// <param name="rows">How many rows it has.</param>
/// <param name="format">Its form.</param>
internal sealed class KnownTable(byte[] body, long rows, TableFormat format) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = format.ContentType();
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, httpContext.RequestAborted);
            InsightsTelemetry.TableRows.Add(rows);
        }
    }
}
