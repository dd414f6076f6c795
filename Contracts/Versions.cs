namespace Dunnhumby.Contracts.Versions;

/// <summary>A version that is kept, as <c>GET /versions</c> of the insights service lists it.</summary>
/// <param name="IsCurrent">Whether it is the one that readers have who ask for none.</param>
/// <param name="RunId">The run that published it.</param>
/// <param name="Reason">What asked for that run first; null when the run is not known any more.</param>
/// <param name="By">Who asked for it by hand: a person's name and id, or a key's scopes and fingerprint; null when nobody did.</param>
/// <param name="LoadsAdded">Loads that the version before did not have; null when that one is removed.</param>
/// <param name="LoadsWithdrawn">Loads that only the version before had; null when that one is removed.</param>
/// <param name="TablesComputed">The tables that were computed for it; it has the others from former versions.</param>
/// <param name="Rows">Rows of all its tables.</param>
public sealed record VersionSummary(
    int Version,
    DateTimeOffset PublishedAt,
    bool IsCurrent,
    long RunId,
    string? Reason,
    string? By,
    IReadOnlyList<long>? LoadsAdded,
    IReadOnlyList<long>? LoadsWithdrawn,
    IReadOnlyList<string> TablesComputed,
    long Rows)
{
    /// <summary>The former version that it repeats, since somebody went back to that one; otherwise null.</summary>
    public int? Republishes { get; init; }

    /// <summary>Since when nothing but a change of the loads, or its release, replaces it; null when it is not held.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Its tables that could not be computed: out of date, or not there.</summary>
    public IReadOnlyList<string> StaleTables { get; init; } = [];
}

/// <summary>What <c>POST /versions/{version}/publish</c> of the transform service made.</summary>
/// <param name="Version">The new version.</param>
/// <param name="Republishes">The former one, whose figures it shows.</param>
/// <param name="RunId">The entry in the history of runs.</param>
/// <param name="HeldSince">Since when it is held.</param>
public sealed record Republication(int Version, int Republishes, long RunId, DateTimeOffset HeldSince);

/// <summary>What <c>POST /versions/release</c> of the transform service did.</summary>
/// <param name="Version">The version that was held.</param>
public sealed record HoldRelease(int Version);

/// <summary>In what two versions differ.</summary>
/// <param name="From">The version that is compared with.</param>
/// <param name="To">The version that is compared.</param>
/// <param name="Tables">Every table that one of them has.</param>
public sealed record VersionDifference(int From, int To, IReadOnlyList<TableDifference> Tables);

/// <summary>How many rows of a table differ between two versions.</summary>
/// <param name="Name">As in <c>GET /tables/{name}</c>.</param>
/// <param name="Subject">What its figures are about, in words.</param>
/// <param name="Key">The columns that tell rows apart; none when the rows cannot be compared.</param>
/// <param name="Added">Rows whose key only the later version has; null when they cannot be compared.</param>
/// <param name="Removed">Rows whose key only the former version has; null when they cannot be compared.</param>
/// <param name="Changed">Rows with the same key and other values; null when they cannot be compared.</param>
public sealed record TableDifference(string Name, string Subject, IReadOnlyList<string> Key, long? Added, long? Removed, long? Changed)
{
    /// <summary>Columns that only the later version has; they do not count as changes of rows.</summary>
    public IReadOnlyList<string> ColumnsAdded { get; init; } = [];

    /// <summary>Columns that only the former version has; they do not count as changes of rows.</summary>
    public IReadOnlyList<string> ColumnsRemoved { get; init; } = [];

    /// <summary>Why the rows cannot be compared, or what else there is to know; null when nothing.</summary>
    public string? Remark { get; init; }
}

/// <summary>A row in which two versions differ.</summary>
/// <param name="Kind">added, removed or changed.</param>
/// <param name="Key">The values of the key by their columns, in the table's order.</param>
/// <param name="Values">Of a changed row the columns that differ; otherwise every column but the key.</param>
public sealed record RowDifference(string Kind, IReadOnlyDictionary<string, string> Key, IReadOnlyList<ValueDifference> Values);

/// <summary>A column of a row in two versions. Values are texts as in the table's CSV: decimals keep their scale.</summary>
/// <param name="Before">Null when there is no value or no such row.</param>
/// <param name="After">Null when there is no value or no such row.</param>
public sealed record ValueDifference(string Column, string? Before, string? After);

/// <summary>Households that are in another segment (RFM bin) than before.</summary>
/// <param name="Moves">How many households went from where to where: of all, not of this page.</param>
/// <param name="Items">At most as many as <c>limit</c> asked for, by key.</param>
/// <param name="Next">Give it as <c>after</c> for the next page; null on the last one.</param>
public sealed record SegmentDifference(IReadOnlyList<SegmentMove> Moves, IReadOnlyList<SegmentChange> Items, string? Next);

/// <summary>Households that went from one segment to another.</summary>
public sealed record SegmentMove(int From, int To, long Households);

/// <summary>A household in another segment than before.</summary>
public sealed record SegmentChange(int HouseholdKey, int From, int To);
