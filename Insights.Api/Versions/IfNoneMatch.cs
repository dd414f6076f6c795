using Microsoft.Net.Http.Headers;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>What a request's <c>If-None-Match</c> says about a version (RFC 9110, 13.1.2: weak comparison, a list, or <c>*</c>).</summary>
/// <param name="NamesVersion">The version's tag is listed.</param>
/// <param name="NamesAnything"><c>*</c>: any existing representation matches.</param>
internal readonly record struct IfNoneMatch(bool NamesVersion, bool NamesAnything)
{
    internal static IfNoneMatch Read(HttpRequest request, EntityTagHeaderValue tag)
    {
        var listed = request.GetTypedHeaders().IfNoneMatch;
        return new IfNoneMatch(
            listed.Any(known => known.Compare(tag, useStrongComparison: false)),
            listed.Any(known => known.Equals(EntityTagHeaderValue.Any)));
    }
}
