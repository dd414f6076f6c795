using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Dunnhumby.ServiceDefaults.Requests;

/// <summary>Reads <c>Accept</c> (RFC 9110, 12.5.1).</summary>
public static class Acceptance
{
    /// <summary>The offered media type with the highest weight, the first of equals; null when the client accepts none. Without the header every type is accepted.</summary>
    /// <remarks>Parameters other than the weight do not count: <c>application/json; charset=utf-8</c> asks for JSON.</remarks>
    public static string? Prefer(this HttpRequest request, IReadOnlyList<string> offered)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(offered);
        if (request.Headers.Accept.Count == 0)
        {
            return offered.Count > 0 ? offered[0] : null;
        }

        var accepted = request.GetTypedHeaders().Accept;
        string? preferred = null;
        var highest = 0d;
        foreach (var type in offered)
        {
            var weight = WeightOf(type, accepted);
            if (weight > highest)
            {
                (preferred, highest) = (type, weight);
            }
        }

        return preferred;
    }

    /// <summary>What the most specific range that matches gives a type; 0 when none does.</summary>
    private static double WeightOf(string type, IList<MediaTypeHeaderValue> accepted)
    {
        var (weight, specific) = (0d, -1);
        foreach (var range in accepted)
        {
            var rank = range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
            if (rank > specific && (rank == 0 || Covers(range, type, rank)))
            {
                (weight, specific) = (range.Quality ?? 1, rank);
            }
        }

        return weight;
    }

    private static bool Covers(MediaTypeHeaderValue range, string type, int rank) => rank == 2
        ? range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase)
        : type.AsSpan(0, type.IndexOf('/', StringComparison.Ordinal)).Equals(range.Type.AsSpan(), StringComparison.OrdinalIgnoreCase);
}
