using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Sends a table row by row: memory does not grow with the table, and a slow client slows the reading down.</summary>
/// <param name="rows">The rows.</param>
/// <param name="format">Their form.</param>
/// <param name="next">Where the next page begins, for the header <c>Link</c>; null when there is none.</param>
internal sealed class TableResult(TableRows rows, TableFormat format, string? next = null) : IResult, IStatusCodeHttpResult, IAsyncDisposable
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
            httpContext.LinkToNext(next);
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

internal static class NextLinks
{
    /// <summary>Names the address of the next page in the header <c>Link</c> (RFC 8288), for forms that have no room for it.</summary>
    /// <param name="http">The request for this page, and its answer.</param>
    /// <param name="next">The cursor of the next page; null on the last one.</param>
    internal static void LinkToNext(this HttpContext http, string? next)
    {
        if (next is not null)
        {
            var query = http.Request.Query.Where(part => !part.Key.Equals("after", StringComparison.OrdinalIgnoreCase)).Append(KeyValuePair.Create("after", new StringValues(next)));
            http.Response.Headers.Link = $"<{http.Request.PathBase}{http.Request.Path}{new QueryBuilder(query).ToQueryString()}>; rel=\"next\"";
        }
    }
}

/// <summary>In what form a table is sent.</summary>
internal enum TableFormat
{
    /// <summary>An array of objects; the default.</summary>
    Json,

    /// <summary>RFC 4180 with a header line.</summary>
    Csv,

    /// <summary>A file that DuckDB, pandas, Spark and others read directly.</summary>
    Parquet,
}

internal static class TableFormats
{
    /// <summary>By <see cref="TableFormat"/>.</summary>
    internal static readonly string[] MediaTypes = ["application/json", "text/csv", "application/vnd.apache.parquet"];

    private static readonly string[] ContentTypes = ["application/json; charset=utf-8", "text/csv; charset=utf-8; header=present", "application/vnd.apache.parquet"];

    /// <summary>What <c>Accept</c> prefers; requests that accept none of the forms do not come so far.</summary>
    private static TableFormat PreferredTableFormat(this HttpRequest request) =>
        request.Prefer(MediaTypes) is { } preferred ? (TableFormat)Array.IndexOf(MediaTypes, preferred) : TableFormat.Json;

    /// <summary>The form that the query names, whatever <c>Accept</c> says; else what that prefers. Requests with an unknown name do not come so far.</summary>
    internal static TableFormat ChosenTableFormat(this HttpRequest request, string? named) =>
        named is null ? request.PreferredTableFormat() : Enum.Parse<TableFormat>(named, ignoreCase: true);

    internal static string ContentType(this TableFormat format) => ContentTypes[(int)format];
}

/// <summary>What the cells of a column hold.</summary>
internal enum CellKind
{
    Integer,
    Decimal,
    Flag,
    Text,
}

internal static class CellKindExtensions
{
    /// <summary>The kind of every column.</summary>
    /// <exception cref="NotSupportedException">A column has a type that derived tables do not use: its form would be left to chance.</exception>
    internal static CellKind[] CellKinds(this NpgsqlDataReader row) =>
    [
        .. Enumerable.Range(0, row.FieldCount).Select(column => Type.GetTypeCode(row.GetFieldType(column)) switch
        {
            TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => CellKind.Integer,
            TypeCode.Decimal => CellKind.Decimal,
            TypeCode.Boolean => CellKind.Flag,
            TypeCode.String => CellKind.Text,
            _ => throw new NotSupportedException($"Column {row.GetName(column)} has the type {row.GetDataTypeName(column)}."),
        }),
    ];
}
