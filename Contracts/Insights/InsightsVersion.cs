namespace Dunnhumby.Contracts.Insights;

/// <summary>The published version of the derived tables and what it was made from.</summary>
/// <param name="Version">0 when nothing was published yet.</param>
/// <param name="PublishedAt">Null for version 0.</param>
/// <param name="DayOne">The calendar date of DAY 1; null for version 0.</param>
/// <param name="Loads">Every load whose rows are in this version.</param>
/// <param name="Tables">The derived tables.</param>
/// <param name="Notices">What the run counted and left out, for example lines of unknown products.</param>
public sealed record InsightsVersion(
    int Version,
    DateTimeOffset? PublishedAt,
    DateOnly? DayOne,
    IReadOnlyList<VersionLoad> Loads,
    IReadOnlyList<VersionTable> Tables,
    IReadOnlyList<VersionNotice> Notices);
