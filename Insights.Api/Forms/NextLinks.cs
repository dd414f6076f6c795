using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace Dunnhumby.Insights.Api.Forms;

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
