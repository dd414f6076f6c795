using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>In what form a table is sent.</summary>
internal enum TableFormat
{
    /// <summary>An array of objects; the default.</summary>
    Json,

    /// <summary>RFC 4180 with a header line.</summary>
    Csv,
}

internal static class TableFormatExtensions
{
    private static readonly MediaTypeHeaderValue Csv = new("text/csv");
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>CSV when <c>Accept</c> prefers it to JSON, else JSON, also for types that are neither.</summary>
    internal static TableFormat PreferredTableFormat(this HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return Quality(accepted, Csv) > Quality(accepted, Json) ? TableFormat.Csv : TableFormat.Json;
    }

    /// <summary>The weight that the most specific matching range gives a type (RFC 9110, 12.5.1); 0 when none matches.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue type) => accepted
        .Where(type.IsSubsetOf)
        .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();
}
