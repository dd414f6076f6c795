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
    IReadOnlyList<VersionNotice> Notices)
{
    /// <summary>Whether any figures are older than the loads: <see cref="StaleTables"/> says which.</summary>
    public bool Stale => StaleTables.Count > 0 || FailedRun is not null;

    /// <summary>The tables that could not be computed from all loads; after a run that failed as a whole, all tables.</summary>
    public IReadOnlyList<StaleTable> StaleTables { get; init; } = [];

    /// <summary>The latest run, when it failed as a whole; otherwise null.</summary>
    public FailedRun? FailedRun { get; init; }
}
