namespace Dunnhumby.Contracts.Loads;

/// <summary>One upload of one data set. Always <c>Read = Loaded + Quarantined + Deduplicated</c> for a completed load.</summary>
/// <param name="Id">Grows with every load; a newer load owns the units (for example baskets) that it shares with an older one.</param>
/// <param name="Dataset">One of <see cref="Datasets.DatasetNames.All"/>.</param>
/// <param name="State">One of <see cref="LoadStates"/>.</param>
/// <param name="Sha256">SHA-256 of the decompressed bytes, lower-case hexadecimal.</param>
/// <param name="Bytes">Decompressed size in bytes.</param>
/// <param name="Read">Rows read: every line but the header and blank ones.</param>
/// <param name="Loaded">Rows in the lake (0 for a failed load).</param>
/// <param name="Quarantined">Rows set aside, each with its reason.</param>
/// <param name="Deduplicated">Exact repeats counted once, in the data sets that are sets of rows or of keys.</param>
/// <param name="BlankLines">Blank lines between rows: accepted, not rows.</param>
/// <param name="SalesValue">Sum of SALES_VALUE of the loaded rows, in dollars, exact; null for other data sets.</param>
/// <param name="ReceivedAt">When the upload began.</param>
/// <param name="CompletedAt">When the load was committed.</param>
/// <param name="TraceId">The W3C trace id of the upload, to find it in the dashboard's traces; null when not traced.</param>
public sealed record Load(
    long Id,
    string Dataset,
    string State,
    string Sha256,
    long Bytes,
    long Read,
    long Loaded,
    long Quarantined,
    long Deduplicated,
    long BlankLines,
    decimal? SalesValue,
    DateTimeOffset ReceivedAt,
    DateTimeOffset CompletedAt,
    string? TraceId)
{
    /// <summary>Good rows that were not loaded because the load failed; 0 for any other.</summary>
    public long Discarded { get; init; }

    /// <summary>Where the SALES_VALUE went; null for other data sets, and for loads from before it was kept.</summary>
    public SalesReconciliation? Sales { get; init; }

    /// <summary>Fields of good rows whose quoted text spans lines: right, but a quote that was left open looks like that too. Null for loads from before they were counted.</summary>
    public long? MultilineFields { get; init; }

    /// <summary>The line of the first row with such a field; null when there is none.</summary>
    public long? FirstMultilineLine { get; init; }

    /// <summary>The batch that the file came with; null when it came alone.</summary>
    public long? BatchId { get; init; }

    /// <summary>Whether every row read, and every cent of SALES_VALUE, is accounted for.</summary>
    public bool AddsUp => Read == Loaded + Quarantined + Deduplicated + Discarded && Sales is null or { AddsUp: true };

    /// <summary>The load whose quarantined rows this one brings, mended; null for an upload. Its rows belong to that load: together they own their units.</summary>
    public long? ReplaysLoadId { get; init; }

    /// <summary>Rows of older loads that this load's units superseded when it was loaded; null as long as they were not counted.</summary>
    public long? Replaced { get; init; }

    /// <summary>When the load was withdrawn; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>
    /// Who sent the file, or mended its rows: of a key its scopes and fingerprint, <c>ingest:3fa94c1e5b07d62a</c>, of a person the name and the provider's lasting id,
    /// <c>Ada Lovelace &lt;8f3c&gt;</c>, or <c>watched folder</c>; null for loads from before it was kept.
    /// </summary>
    public string? LoadedBy { get; init; }

    /// <summary>Who withdrew it: a key's scopes and fingerprint, never the key, or a person's name and id; null when it was not withdrawn.</summary>
    public string? WithdrawnBy { get; init; }
}
