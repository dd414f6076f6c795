using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// What a new version takes over from the published one as it is, what it changes in a few rows, and what it copies whole. A table is taken over that would be
/// made from the same loads, by the same models, with the same settings; or of which a refresh found that nothing changed.
/// </summary>
internal sealed class PublishingPlan
{
    private readonly int _published;
    private readonly HashSet<string> _carried;
    private readonly Dictionary<string, TableChange> _parts = new(StringComparer.Ordinal);

    /// <param name="models">All there is.</param>
    /// <param name="fingerprints">What each part is made from now.</param>
    /// <param name="published">What may be taken over; null when everything is to be copied.</param>
    /// <param name="refreshed">How the tables were made, when they were not made anew.</param>
    /// <param name="asked">The models that somebody asked for: their tables, and those that are made from them, are not taken over only because nothing was loaded.</param>
    internal PublishingPlan(
        ModelCatalog models, IReadOnlyDictionary<string, string> fingerprints, VersionEntity? published, RefreshedTables? refreshed, IReadOnlySet<string> asked)
    {
        Fingerprints = fingerprints;
        _published = models.Published.Count;
        var good = published?.Tables.Where(table => table is { State: TableStates.Fresh, RowsSchema: not null }).ToDictionary(table => table.Name, StringComparer.Ordinal) ?? [];
        _carried = [.. models.Published.Select(model => model.Name).Where(table => good.ContainsKey(table) && IsMadeFrom(fingerprints, table) && !models.WithInputsOf(table).Overlaps(asked))];
        foreach (var table in models.Published.Where(model => refreshed is not null && !_carried.Contains(model.Name) && good.ContainsKey(model.Name)))
        {
            // Only when the published rows are those that the change is one of.
            var change = refreshed!.Changes[table.Name];
            if (IsMadeFrom(refreshed.PartsBefore, table.Name))
            {
                if (!change.IsThere)
                {
                    _carried.Add(table.Name);
                }
                else if (change.Kind is TableChangeKind.Rows && 2 * (change.Removed + change.Added) < good[table.Name].Rows)
                {
                    _parts.Add(table.Name, change);
                }
            }
        }

        bool IsMadeFrom(IReadOnlyDictionary<string, string> parts, string table) =>
            published is not null && published.PartFingerprints.TryGetValue(table, out var before)
            && parts.TryGetValue(table, out var now) && string.Equals(before, now, StringComparison.Ordinal);
    }

    /// <summary>What each part of the new version is made from, by its name.</summary>
    internal IReadOnlyDictionary<string, string> Fingerprints { get; }

    /// <summary>Whether all published tables stay as they are.</summary>
    internal bool CarriesAll => _carried.Count == _published;

    /// <summary>Whether the published version's table of this name stays as it is.</summary>
    internal bool Carries(string table) => _carried.Contains(table);

    /// <summary>The rows in which the table differs from the published one; null when it is copied whole.</summary>
    internal TableChange? PartOf(string table) => _parts.GetValueOrDefault(table);
}
