using Dunnhumby.ServiceDefaults.Requests;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>In what form a table is sent.</summary>
internal enum TableFormat
{
    /// <summary>An array of objects; the default.</summary>
    Json,

    /// <summary>RFC 4180 with a header line.</summary>
    Csv,

    /// <summary>A file that DuckDB, pandas, Spark and the like read by themselves.</summary>
    Parquet,
}

internal static class TableFormats
{
    /// <summary>By <see cref="TableFormat"/>.</summary>
    internal static readonly string[] MediaTypes = ["application/json", "text/csv", "application/vnd.apache.parquet"];

    private static readonly string[] ContentTypes = ["application/json; charset=utf-8", "text/csv; charset=utf-8; header=present", "application/vnd.apache.parquet"];

    /// <summary>What <c>Accept</c> prefers; requests that accept none of the forms do not come so far.</summary>
    internal static TableFormat PreferredTableFormat(this HttpRequest request) =>
        request.Prefer(MediaTypes) is { } preferred ? (TableFormat)Array.IndexOf(MediaTypes, preferred) : TableFormat.Json;

    internal static string ContentType(this TableFormat format) => ContentTypes[(int)format];
}
