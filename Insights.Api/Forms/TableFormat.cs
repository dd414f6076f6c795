using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Dunnhumby.Insights.Api.Forms;

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
    /// <summary>The query parameter that names the form.</summary>
    internal const string Parameter = "format";

    /// <summary>What it takes, in words.</summary>
    internal const string Taken = "format takes json, csv or parquet.";

    /// <summary>Bytes after which what was written goes out.</summary>
    internal const int FlushBytes = 32 * 1024;

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
