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

/// <summary>A run that ended with an error after the served version was published, so that nothing newer is served.</summary>
/// <param name="Id">As in the transform service's <c>GET /runs/{id}</c>.</param>
/// <param name="FailedAt">When it ended.</param>
/// <param name="Reason">Why, in whole sentences.</param>
/// <param name="EngineText">What the engine or the database said; null when nothing.</param>
/// <param name="Loads">The loads that it should have added, or whose rows may be the cause.</param>
public sealed record FailedRun(long Id, DateTimeOffset FailedAt, string Reason, string? EngineText, IReadOnlyList<long> Loads);
