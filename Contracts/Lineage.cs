namespace Dunnhumby.Contracts.Lineage;

/// <summary>Where the figures of a version come from: data sets, models, published tables, and who reads those.</summary>
/// <param name="Version">0 when nothing was published yet.</param>
/// <param name="PublishedAt">Null for version 0.</param>
/// <param name="RunId">The run that published it, as in the transform service's <c>GET /runs/{id}</c>; null for version 0.</param>
/// <param name="Tables">Each behind its inputs: data sets, settings, models, published tables. Empty for a version from before lineage was kept.</param>
/// <param name="Endpoints">The endpoints of this service, with the tables that they read.</param>
/// <param name="Pages">The dashboard's pages, with the endpoints that they ask.</param>
public sealed record LineageGraph(
    int Version,
    DateTimeOffset? PublishedAt,
    long? RunId,
    IReadOnlyList<LineageTable> Tables,
    IReadOnlyList<LineageEndpoint> Endpoints,
    IReadOnlyList<ReadingPage> Pages);

/// <summary>A data set, a model or a published table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">One of <see cref="LineageKinds"/>.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Grain">What one row is, in words; empty when nobody says.</param>
/// <param name="Owner">Who answers for it; empty when nobody does.</param>
/// <param name="Inputs">The tables that it is made from directly.</param>
/// <param name="Columns">In order.</param>
/// <param name="Deciders">Columns of the inputs that decide which rows it has: filters, join conditions, groups.</param>
/// <param name="Tests">What is demanded of it.</param>
/// <param name="Query">The query that makes it; empty for a data set.</param>
public sealed record LineageTable(
    string Name,
    string Kind,
    string Description,
    string Grain,
    string Owner,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<LineageColumn> Columns,
    IReadOnlyList<LineageSource> Deciders,
    IReadOnlyList<LineageTest> Tests,
    string Query)
{
    /// <summary>How fresh it is in the version; null for models that are not published, and where nothing was loaded or computed.</summary>
    public LineageFreshness? Freshness { get; init; }
}

/// <summary>The kinds of tables.</summary>
public static class LineageKinds
{
    /// <summary>One of the eight files: its rows come from loads.</summary>
    public const string Dataset = "dataset";

    /// <summary>The settings that queries read.</summary>
    public const string Settings = "settings";

    /// <summary>Made by a query, for other models only.</summary>
    public const string Model = "model";

    /// <summary>Made by a query, and published.</summary>
    public const string Table = "table";
}

/// <summary>A column and what it is made of.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Of its values, as SQL names it.</param>
/// <param name="Description">What a value says; empty when nobody says.</param>
/// <param name="Unit">What it is measured in; null where that makes no sense.</param>
/// <param name="Source">Where its formula comes from; null where there is none.</param>
/// <param name="From">The columns of the inputs that are in its values. None, of a column that is exact: a constant.</param>
/// <param name="IsExact">Whether <paramref name="From"/> is all. Otherwise its expression is not understood, and there may be more.</param>
public sealed record LineageColumn(
    string Name, string Type, string Description, string? Unit, string? Source, IReadOnlyList<LineageSource> From, bool IsExact);

/// <summary>A column of an input.</summary>
/// <param name="Table">The input.</param>
/// <param name="Column">Its column; null when the value depends on which rows the input has, as a count does.</param>
/// <param name="How">Of a value: <c>copied</c>, <c>computed</c> or <c>aggregated</c>. Of what decides about rows: <c>filter</c>, <c>join</c>, <c>group</c> or <c>order</c>.</param>
public sealed record LineageSource(string Table, string? Column, string How);

/// <summary>What is demanded of a table.</summary>
/// <param name="Name">Unique among all tests.</param>
/// <param name="Demands">What holds when it passes: a sentence.</param>
/// <param name="Severity"><c>error</c>: a table that fails it is held back. <c>warn</c>: it is published with a notice.</param>
public sealed record LineageTest(string Name, string Demands, string Severity);

/// <summary>How fresh a table is.</summary>
/// <param name="State">Of a table as in the version: <c>fresh</c>, <c>stale</c> or <c>absent</c>. Of a data set <c>loaded</c> or <c>empty</c>.</param>
/// <param name="ComputedVersion">The version that a table was computed for; null for data sets and absent tables.</param>
/// <param name="At">When that version was published, or the latest load completed; null when there is none.</param>
/// <param name="Loads">The loads whose rows are in it.</param>
/// <param name="Rows">How many rows a table has; null for data sets.</param>
/// <param name="Reason">Why a stale or absent table failed, in whole sentences; null otherwise.</param>
public sealed record LineageFreshness(string State, int? ComputedVersion, DateTimeOffset? At, IReadOnlyList<long> Loads, long? Rows, string? Reason);

/// <summary>An endpoint of the insights service.</summary>
/// <param name="Address">Its path, for example <c>/households/{householdKey}</c>.</param>
/// <param name="Summary">What it answers.</param>
/// <param name="Tables">The published tables that it reads; none when it only reads the register of versions.</param>
public sealed record LineageEndpoint(string Address, string Summary, IReadOnlyList<string> Tables);

/// <summary>A page of the dashboard that shows insights.</summary>
/// <param name="Address">Its path, for example <c>/households/{HouseholdKey}</c>.</param>
/// <param name="Title">What readers call it.</param>
/// <param name="Endpoints">The addresses of the endpoints that it asks, besides <c>/version</c>.</param>
public sealed record ReadingPage(string Address, string Title, IReadOnlyList<string> Endpoints)
{
    /// <summary>All of them. The dashboard's tests compare it with its pages and with what they ask.</summary>
    public static IReadOnlyList<ReadingPage> All { get; } =
    [
        new("/", "Overview", ["/sales/daily"]),
        new("/households", "Households", ["/households"]),
        new("/households/{HouseholdKey}", "Household", ["/households/{householdKey}", "/households/{householdKey}/daily-spend"]),
        new("/campaigns", "Campaigns", ["/campaigns"]),
        new("/campaigns/{Number}", "Campaign", ["/campaigns", "/campaigns/{campaign}", "/campaigns/{campaign}/daily-sales"]),
        new("/stores", "Stores", ["/stores", "/sales/stores"]),
        new("/tables", "Tables", ["/tables"]),
        new("/tables/{Name}", "Table", ["/tables/{name}/about", "/tables/{name}/rows"]),
        new("/households/{HouseholdKey}/lines", "Lines of a household", ["/households/{householdKey}/lines"]),
        new("/stores/{Store}/lines", "Lines of a store", ["/stores/{store}/lines"]),
        new("/products/{Product}/lines", "Lines of a product", ["/products/{product}/lines"]),
        new("/campaigns/{Number}/lines", "Rows of a campaign", ["/campaigns/{campaign}/lines"]),
        new("/orphans", "Orphans", ["/orphans"]),
        new("/lineage", "Lineage", ["/lineage"]),
    ];
}
