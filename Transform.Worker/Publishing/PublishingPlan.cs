using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Cache;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// What a new version takes over from the published one as it is, what it changes in a few rows, and what it copies whole. A table is taken over that would be
/// made from the same loads, by the same models, with the same settings; or of which a refresh found that nothing changed; and one that waits for its time.
/// </summary>
internal sealed class PublishingPlan
{
    private readonly int _published;
    private readonly HashSet<string> _carried;
    private readonly HashSet<string> _waiting;
    private readonly HashSet<string> _keptTests;
    private readonly Dictionary<string, TableChange> _parts = new(StringComparer.Ordinal);

    /// <param name="models">All there is.</param>
    /// <param name="fingerprints">What each part is made from now.</param>
    /// <param name="published">What may be taken over; null when everything is to be copied.</param>
    /// <param name="refreshed">How the tables were made, when they were not made anew.</param>
    /// <param name="asked">The models that somebody asked for: their tables, and those that are made from them, are not taken over only because nothing was loaded.</param>
    /// <param name="waiting">The models that the run does not make, since their time has not come.</param>
    internal PublishingPlan(
        ModelCatalog models, IReadOnlyDictionary<string, string> fingerprints, VersionEntity? published, RefreshedTables? refreshed, IReadOnlySet<string> asked, IReadOnlySet<string> waiting)
    {
        Fingerprints = fingerprints;
        _published = models.Published.Count;
        _keptTests = [.. models.DataTests.Select(test => test.Name).Where(waiting.Contains)];
        _waiting = [.. models.Published.Select(model => model.Name).Where(waiting.Contains)];
        var good = published?.Tables.Where(table => table is { State: TableStates.Fresh or TableStates.Waiting, RowsSchema: not null }).ToDictionary(table => table.Name, StringComparer.Ordinal) ?? [];
        _carried = [.. models.Published.Select(model => model.Name).Where(table => !_waiting.Contains(table) && good.ContainsKey(table) && IsMadeFrom(fingerprints, table) && !models.WithInputsOf(table).Overlaps(asked))];
        foreach (var table in models.Published.Where(model => refreshed is not null && !_carried.Contains(model.Name) && !_waiting.Contains(model.Name) && good.ContainsKey(model.Name)))
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
    internal bool CarriesAll => _carried.Count + _waiting.Count == _published;

    /// <summary>Whether the published version's table of this name stays as it is.</summary>
    internal bool Carries(string table) => _carried.Contains(table);

    /// <summary>Whether the table is not made: the new version has it as it was, or not yet.</summary>
    internal bool Waits(string table) => _waiting.Contains(table);

    /// <summary>Whether a data test is not made, so that what it found before is still said.</summary>
    internal bool IsKept(string? test) => test is not null && _keptTests.Contains(test);

    /// <summary>The rows in which the table differs from the published one; null when it is copied whole.</summary>
    internal TableChange? PartOf(string table) => _parts.GetValueOrDefault(table);
}
