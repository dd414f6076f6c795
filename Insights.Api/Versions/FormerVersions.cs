using System.Collections.Concurrent;
using System.Globalization;
using Dunnhumby.Insights.Api.Problems;
using Dunnhumby.ServiceDefaults.Problems;
using Dunnhumby.ServiceDefaults.Requests;
using Microsoft.Extensions.Primitives;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>
/// The versions that requests ask for by number. What a version says about itself never changes, so it is read once; that it is still there is looked up each
/// time.
/// </summary>
internal sealed class FormerVersions(VersionQueries queries, CurrentVersion current)
{
    /// <summary>The query parameter of every read.</summary>
    internal static readonly SharedQueryParameter Parameter = new(
        "version",
        "Answer from this version instead of the current one. GET /versions lists those that are kept; 404 when there never was such a version, 410 when it was removed.")
    {
        Minimum = 1,
    };

    private const int MostKnown = 16;

    private readonly ConcurrentDictionary<int, PublishedVersion> _known = new();

    /// <summary>What the query asks for; the current version when it asks for none.</summary>
    internal async ValueTask<PublishedVersion> FindAsync(IQueryCollection query, CancellationToken cancellationToken) =>
        !query.TryGetValue(Parameter.Name, out var asked)
            ? await current.GetAsync(cancellationToken)
            : Number(asked) is { } number
            ? await FindAsync(number, cancellationToken)
            : PublishedVersion.Refused(TypedResults.Problem(ParameterProblems.Bad(
                Parameter.Name, $"'{asked}' does not fit: {Parameter.Name} takes a whole number from 1, as GET /versions lists them.")));

    /// <summary>The version of a number, or why there is none: <see cref="PublishedVersion.Refusal"/>.</summary>
    internal async ValueTask<PublishedVersion> FindAsync(int number, CancellationToken cancellationToken)
    {
        var served = await current.GetAsync(cancellationToken);
        if (number > served.Answer.Version)
        {
            // It may have been published just now.
            served = await current.RefreshAsync(cancellationToken);
        }

        if (number == served.Answer.Version && served.Exists)
        {
            return served;
        }

        if (number < 1 || number > served.Answer.Version)
        {
            return PublishedVersion.Refused(ReadProblems.UnknownVersion(number, served.Answer.Version));
        }

        if (!await queries.IsThereAsync(number, cancellationToken))
        {
            return Removed(number);
        }

        if (_known.TryGetValue(number, out var known))
        {
            return known;
        }

        if (await queries.FindAsync(number, cancellationToken) is not { } found)
        {
            return Removed(number);
        }

        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(number, found);
    }

    /// <summary>The answer to a request for a version whose tables turned out to be gone.</summary>
    internal PublishedVersion Removed(int number)
    {
        _known.TryRemove(number, out _);
        return PublishedVersion.Refused(ReadProblems.VersionRemoved(number));
    }

    private static int? Number(StringValues text) =>
        int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Parameter.Minimum ? number : null;
}
