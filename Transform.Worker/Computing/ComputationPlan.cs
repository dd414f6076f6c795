using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>
/// What a run computes, and what it carries over: a part of the published version (a table, a model of notices, a data test) that would be made from the same
/// loads, by the same models, with the same settings, is not made again.
/// </summary>
internal sealed class ComputationPlan
{
    private readonly HashSet<string> _carried;
    private readonly IReadOnlySet<string> _computed;

    /// <param name="models">All there is.</param>
    /// <param name="fingerprints">What each part would be made from now.</param>
    /// <param name="published">What may be carried over; null when everything is to be computed.</param>
    internal ComputationPlan(ModelCatalog models, IReadOnlyDictionary<string, string> fingerprints, VersionEntity? published)
    {
        Fingerprints = fingerprints;
        var good = published?.Tables.Where(table => table.State is TableStates.Fresh).Select(table => table.Name).ToHashSet(StringComparer.Ordinal) ?? [];
        _carried =
        [
            .. fingerprints.Where(part => published is not null && published.PartFingerprints.TryGetValue(part.Key, out var before)
                    && string.Equals(before, part.Value, StringComparison.Ordinal)
                    && (good.Contains(part.Key) || !models.Publishes(part.Key)))
                .Select(part => part.Key),
        ];
        _computed = models.MadeFrom(
            models.Published.Select(table => table.Name).Concat(models.Notices.Select(model => model.Name)).Where(name => !_carried.Contains(name))
                .Concat(models.DataTests.Where(test => !_carried.Contains(test.Name)).SelectMany(test => test.Inputs)));
    }

    /// <summary>What each part of the new version is made from, by its name.</summary>
    internal IReadOnlyDictionary<string, string> Fingerprints { get; }

    /// <summary>Whether the published version's part of this name stays as it is.</summary>
    internal bool Carries(string part) => _carried.Contains(part);

    /// <summary>Whether a model or data set is needed: for itself, or since something else is made from it or tested with it.</summary>
    internal bool Computes(string node) => _computed.Contains(node);
}
