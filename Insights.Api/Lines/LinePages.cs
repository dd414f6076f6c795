using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dunnhumby.Insights.Api.Lines;

/// <summary>Pages of what the transform service reads from the lake.</summary>
internal static class LinePages
{
    /// <summary>The page that a request asks for, without its <c>next</c>, or why there is none.</summary>
    /// <param name="lines">Asks the service.</param>
    /// <param name="request">Which page.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="path">Below <c>/lines</c> of the service.</param>
    /// <param name="figure">The table whose figure it is to add up to; null where there is none.</param>
    /// <param name="filters">Those without a value are left out.</param>
    /// <param name="context">The request, whose answer says when to ask again.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal static async Task<(T? Page, ProblemHttpResult? Problem)> PageAsync<T>(
        this LineClient lines,
        LineRequest request,
        PublishedVersion version,
        string path,
        string? figure,
        IEnumerable<(string, object?)> filters,
        HttpContext context,
        CancellationToken cancellationToken)
        where T : class
    {
        if (!version.Exists)
        {
            return (null, ReadProblems.NothingPublished());
        }

        LineCursor? after = null;
        if (request.After is { } text && !LineCursor.TryDecode(text, out after))
        {
            return (null, BadAfter("after takes the next of a page; leave it out for the first page."));
        }

        if (after is not null && after.Version != version.Answer.Version)
        {
            return (null, BadAfter($"This next is of version {after.Version}, and version {version.Answer.Version} answers: add version={after.Version}, or leave after out for the first page."));
        }

        var (page, problem) = await lines.GetAsync<T>(
            path, [("version", version.Answer.Version), ("figure", figure), ("offset", after?.Offset ?? 0), ("limit", request.PageSize), .. filters], cancellationToken);
        if (string.Equals(problem?.ProblemDetails.Type, ProblemTypes.Of("lines-busy"), StringComparison.Ordinal))
        {
            context.Response.Headers.RetryAfter = "3";
        }

        return (page, problem);
    }

    /// <summary>
    /// Why a page is without lines: the thing is not known, since it has no line at all. Null if it is only the filters that leave none; then the service is asked a second time,
    /// which no page with lines needs.
    /// </summary>
    /// <param name="lines">Asks the service.</param>
    /// <param name="version">Of which version.</param>
    /// <param name="path">Below <c>/lines</c> of the service.</param>
    /// <param name="figure">As of the page.</param>
    /// <param name="thing">What keeps the lines of the thing.</param>
    /// <param name="isFiltered">Whether there were other filters.</param>
    /// <param name="count">The number of lines of an answer.</param>
    /// <param name="unknown">The answer where it is not known.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal static async Task<ProblemHttpResult?> WhyNoneAsync<T>(
        this LineClient lines,
        PublishedVersion version,
        string path,
        string? figure,
        IEnumerable<(string, object?)> thing,
        bool isFiltered,
        Func<T, long> count,
        ProblemHttpResult unknown,
        CancellationToken cancellationToken)
        where T : class
    {
        if (!isFiltered)
        {
            return unknown;
        }

        var (any, problem) = await lines.GetAsync<T>(path, [("version", version.Answer.Version), ("figure", figure), ("offset", 0), ("limit", 1), .. thing], cancellationToken);
        return any is null ? problem : count(any) == 0 ? unknown : null;
    }

    /// <summary>The cursor of the page after one with so many items of so many in all; null on the last one.</summary>
    internal static string? Next(this LineRequest request, PublishedVersion version, int items, long all)
    {
        var before = request.After is { } text && LineCursor.TryDecode(text, out var after) ? after?.Offset ?? 0 : 0;
        return items > 0 && before + items < all ? new LineCursor(version.Answer.Version, before + items).Encode() : null;
    }

    private static ProblemHttpResult BadAfter(string message) => TypedResults.Problem(ParameterProblems.Bad("after", message));
}
