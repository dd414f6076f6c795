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

    /// <summary>The tables on a schedule that are not yet made from all loads. Nothing failed: their time comes.</summary>
    public IReadOnlyList<WaitingTable> WaitingTables { get; init; } = [];

    /// <summary>The latest run, when it failed as a whole; otherwise null.</summary>
    public FailedRun? FailedRun { get; init; }

    /// <summary>The former version that it repeats, since somebody went back to that one; otherwise null.</summary>
    public int? Republishes { get; init; }

    /// <summary>Since when nothing but a change of the loads, or its release, replaces it; null when it is not held.</summary>
    public DateTimeOffset? HeldSince { get; init; }
}

/// <summary>A run that ended with an error after the served version was published, so that nothing newer is served.</summary>
/// <param name="Id">As in the transform service's <c>GET /runs/{id}</c>.</param>
/// <param name="FailedAt">When it ended.</param>
/// <param name="Reason">Why, in whole sentences.</param>
/// <param name="EngineText">What the engine or the database said; null when nothing.</param>
/// <param name="Loads">The loads that it should have added, or whose rows may be the cause.</param>
public sealed record FailedRun(long Id, DateTimeOffset FailedAt, string Reason, string? EngineText, IReadOnlyList<long> Loads);

/// <summary>A load whose rows are in a published version.</summary>
public sealed record VersionLoad(long Id, string Dataset, string Sha256, long Loaded, DateTimeOffset CompletedAt);

/// <summary>A derived table of a published version.</summary>
/// <param name="Name">As in <c>GET /tables/{name}</c>.</param>
/// <param name="Rows">Row count.</param>
/// <param name="Grain">What one row is, in words.</param>
/// <param name="Columns">Names in order.</param>
public sealed record VersionTable(string Name, long Rows, string Grain, IReadOnlyList<string> Columns);

/// <summary>A derived table of a published version, and what its model says of it.</summary>
/// <param name="Name">As in <c>GET /tables/{name}</c>.</param>
/// <param name="Rows">Row count.</param>
/// <param name="Grain">What one row is, in words.</param>
/// <param name="Columns">Names in order.</param>
/// <param name="About">What is said of it; null for a version from before that was kept.</param>
public sealed record DescribedTable(string Name, long Rows, string Grain, IReadOnlyList<string> Columns, TableAbout? About);

/// <summary>What a model says of its table.</summary>
/// <param name="Description">What it holds.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Key">The columns that tell rows apart.</param>
/// <param name="Columns">In order.</param>
public sealed record TableAbout(string Description, string Owner, IReadOnlyList<string> Key, IReadOnlyList<TableColumnAbout> Columns)
{
    /// <summary>What it is about, in one word such as Sales; null for a version from before that was kept.</summary>
    public string? Subject { get; init; }

    /// <summary>When it is made: a Quartz cron expression in UTC; null when it is made with every load.</summary>
    public string? Schedule { get; init; }
}

/// <summary>What a model says of a column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Of its values, as SQL names it.</param>
/// <param name="Description">What a value says.</param>
/// <param name="Unit">What it is measured in; null where that makes no sense.</param>
/// <param name="Source">Where its formula comes from; null where there is none.</param>
public sealed record TableColumnAbout(string Name, string Type, string Description, string? Unit, string? Source)
{
    /// <summary>Whether the sum over any rows means something: no cent, line or unit is counted in two of them.</summary>
    public bool IsAdditive { get; init; }
}

/// <summary>Something a run counted that a reader should know.</summary>
/// <param name="Code">Stable, for example <c>lines_read</c> or <c>lines_unknown_product</c>.</param>
/// <param name="Count">How many rows it concerns.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record VersionNotice(string Code, long Count, string Message);

/// <summary>A derived table that could not be computed from all of a version's loads.</summary>
/// <param name="Name">As in <c>GET /tables/{name}</c>.</param>
/// <param name="Subject">What its figures are about, in words.</param>
/// <param name="IsAbsent">It has never been computed: there are no figures. Otherwise the last good ones are served.</param>
/// <param name="ComputedVersion">The version that the served figures were computed for; null when absent.</param>
/// <param name="ComputedAt">When that version was published; null when absent.</param>
/// <param name="Since">Since when it cannot be computed.</param>
/// <param name="Reason">Why, in whole sentences.</param>
/// <param name="EngineText">What the engine said, for an engineer.</param>
/// <param name="SuspectedLoads">The loads whose rows may be the cause: withdraw or mend them.</param>
/// <param name="MissingLoads">Loads whose rows are not in the figures.</param>
/// <param name="WithdrawnLoads">Withdrawn loads whose rows are in the figures still.</param>
public sealed record StaleTable(
    string Name,
    string Subject,
    bool IsAbsent,
    int? ComputedVersion,
    DateTimeOffset? ComputedAt,
    DateTimeOffset Since,
    string Reason,
    string EngineText,
    IReadOnlyList<long> SuspectedLoads,
    IReadOnlyList<long> MissingLoads,
    IReadOnlyList<long> WithdrawnLoads);

/// <summary>A derived table that is made on a schedule, and not yet from all of a version's loads.</summary>
/// <param name="Name">As in <c>GET /tables/{name}</c>.</param>
/// <param name="ComputedVersion">The version that the served figures were computed for; null when there are none yet.</param>
/// <param name="ComputedAt">When that version was published; null when there are no figures yet.</param>
/// <param name="MissingLoads">Loads whose rows are not in the figures yet.</param>
/// <param name="WithdrawnLoads">Withdrawn loads whose rows are in the figures still.</param>
public sealed record WaitingTable(
    string Name, int? ComputedVersion, DateTimeOffset? ComputedAt, IReadOnlyList<long> MissingLoads, IReadOnlyList<long> WithdrawnLoads);

/// <summary>What one of the eight tables points at in another, and its rows that point at nothing there.</summary>
/// <param name="Dataset">The data set whose rows point.</param>
/// <param name="Columns">The columns that point, as in the original files.</param>
/// <param name="Target">The data set pointed at.</param>
/// <param name="IsTargetLoaded">Whether there is anything to point at: otherwise nothing is counted.</param>
/// <param name="Rows">Rows that point at nothing; null when nothing is counted.</param>
/// <param name="Keys">The different things that they point at; null when nothing is counted.</param>
/// <param name="Examples">The keys with the most rows, at most ten.</param>
/// <param name="Loads">The loads that the rows are of.</param>
public sealed record OrphanReference(
    string Dataset,
    string Columns,
    string Target,
    bool IsTargetLoaded,
    long? Rows,
    long? Keys,
    IReadOnlyList<OrphanKey> Examples,
    IReadOnlyList<OrphanLoad> Loads);

/// <summary>Something that rows point at and that is not there.</summary>
/// <param name="Key">Its value, of several columns separated by a comma.</param>
/// <param name="Rows">How many rows point at it.</param>
public sealed record OrphanKey(string Key, long Rows);

/// <summary>A load with rows that point at nothing.</summary>
/// <param name="LoadId">The load.</param>
/// <param name="Rows">How many of its rows.</param>
public sealed record OrphanLoad(long LoadId, long Rows);

/// <summary>The fifteen sections of the store that commodities belong to, alphabetically; what the section map does not list is <c>misc</c>.</summary>
public static class Sections
{
    public const string Misc = "misc";

    public static IReadOnlyList<string> All { get; } =
    [
        "alcohol", "beverages", "concessions", "dairy", "drug", "garden", "grain_goods", "grocery",
        "home_family", "junk_food", "kitchen", "meat", Misc, "produce", "seasonal",
    ];
}

/// <summary>What the derived tables are about, in words that people use.</summary>
public static class TableSubjects
{
    private static readonly Dictionary<string, string> Subjects = new(StringComparer.Ordinal)
    {
        ["household_summary"] = "households",
        ["daily_household_spend"] = "daily spend of households",
        ["daily_campaign_sales"] = "daily sales of campaigns",
        ["campaign_summary"] = "campaigns",
        ["daily_sales"] = "daily sales",
        ["store_daily_sales"] = "daily sales by store",
        ["orphans"] = "orphans",
    };

    /// <summary>The subject of a table. A table without one is named in words: <c>store_sales</c> is about store sales.</summary>
    public static string Of(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Subjects.TryGetValue(table, out var subject) ? subject : table.Replace('_', ' ');
    }
}
