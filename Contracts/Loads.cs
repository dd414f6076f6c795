using System.Text.Json;

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

    /// <summary>The file's name, as its sender or its archive calls it; null when it came without one, for mended rows, and for loads from before it was kept.</summary>
    public string? FileName { get; init; }

    /// <summary>Who withdrew it: a key's scopes and fingerprint, never the key, or a person's name and id; null when it was not withdrawn.</summary>
    public string? WithdrawnBy { get; init; }
}

/// <summary>The states of a load, as stored and as served.</summary>
public static class LoadStates
{
    /// <summary>It is being read; never stored as a load.</summary>
    public const string Running = "running";

    /// <summary>Every accepted row is durable in the lake and part of the next run.</summary>
    public const string Completed = "completed";

    /// <summary>The error budget was exceeded: no row was loaded, the quarantine is kept for reading.</summary>
    public const string Failed = "failed";

    /// <summary>Taken back: its rows are no part of the lake any more, and what they superseded counts again. The history stays.</summary>
    public const string Withdrawn = "withdrawn";

    /// <summary>All four.</summary>
    public static IReadOnlyList<string> All { get; } = [Running, Completed, Failed, Withdrawn];
}

/// <summary>An upload that is being read: what <c>GET /loads/{id}</c> answers until it ends.</summary>
/// <param name="Id">The id that the load will have. An upload that is refused, or whose content is known, leaves no load of this id.</param>
/// <param name="Dataset">One of <see cref="Datasets.DatasetNames.All"/>.</param>
/// <param name="State">Always <see cref="LoadStates.Running"/>.</param>
/// <param name="FileName">The file's name in its archive or as its sender calls it; null when it came without one.</param>
/// <param name="BatchId">The batch that the file came with; null when it came alone.</param>
/// <param name="ReceivedAt">When its reading began.</param>
/// <param name="Bytes">Bytes read so far, as they were sent (compressed where they were).</param>
/// <param name="TotalBytes">Bytes in all; null when the length was not declared.</param>
/// <param name="Read">Rows read so far.</param>
/// <param name="Quarantined">Of these, rows set aside.</param>
/// <param name="RowsPerSecond">Since the beginning.</param>
/// <param name="BytesPerSecond">Since the beginning.</param>
/// <param name="EstimatedEnd">When the last byte is read if the speed stays the same; null if it is not known.</param>
/// <param name="SeenAt">When these figures were taken: up to a second or two ago when another replica reads the file.</param>
public sealed record RunningLoad(
    long Id,
    string Dataset,
    string State,
    string? FileName,
    long? BatchId,
    DateTimeOffset ReceivedAt,
    long Bytes,
    long? TotalBytes,
    long Read,
    long Quarantined,
    double RowsPerSecond,
    double BytesPerSecond,
    DateTimeOffset? EstimatedEnd,
    DateTimeOffset SeenAt);

/// <summary>
/// Where the SALES_VALUE of a file of transactions went, in dollars, exact. Each sum is taken at a place of its own: <paramref name="Read"/> by the reader of
/// the file, <paramref name="Loaded"/> from what was handed to the written file, the others where rows leave the way.
/// </summary>
/// <param name="Read">Of all rows whose amount could be read, quarantined ones included.</param>
/// <param name="Loaded">Of the rows in the lake.</param>
/// <param name="Quarantined">Of the rows set aside whose amount could be read.</param>
/// <param name="Deduplicated">Of repeats counted once.</param>
/// <param name="Discarded">Of the good rows of a load that failed.</param>
/// <param name="UnreadableRows">Rows set aside whose amount cannot be read, for example because a field is missing: they are in no sum.</param>
public sealed record SalesReconciliation(decimal Read, decimal Loaded, decimal Quarantined, decimal Deduplicated, decimal Discarded, long UnreadableRows)
{
    /// <summary>Whether what was read is all accounted for, to the cent.</summary>
    public bool AddsUp => Read == Loaded + Quarantined + Deduplicated + Discarded;
}

/// <summary>Files that were sent together in a zip archive. What could be loaded of them was committed at once.</summary>
/// <param name="Id">Grows with every batch.</param>
/// <param name="State">One of <see cref="BatchStates"/>.</param>
/// <param name="ReceivedAt">When the archive began to come.</param>
/// <param name="CompletedAt">When its loads were committed; null while it runs.</param>
/// <param name="Files">Every file of the archive, in the order of the data sets, ignored ones last.</param>
public sealed record Batch(long Id, string State, DateTimeOffset ReceivedAt, DateTimeOffset? CompletedAt, IReadOnlyList<BatchFile> Files)
{
    /// <summary>Who sent it: a key's scopes and fingerprint, never the key, or a person's name and id; null for batches from before it was kept.</summary>
    public string? SentBy { get; init; }
}

/// <summary>The states of a batch.</summary>
public static class BatchStates
{
    /// <summary>Its archive is being received or read.</summary>
    public const string Running = "running";

    /// <summary>Every data set in it is loaded, now or before.</summary>
    public const string Completed = "completed";

    /// <summary>Some of its data sets are loaded and some are not.</summary>
    public const string Partial = "partial";

    /// <summary>None of its data sets could be loaded.</summary>
    public const string Failed = "failed";
}

/// <summary>One file of a batch and what became of it.</summary>
/// <param name="Path">Its path in the archive.</param>
/// <param name="Dataset">Told by its name; null when it is none of the eight.</param>
/// <param name="Outcome">One of <see cref="UploadOutcomes"/>; null while it waits or runs.</param>
/// <param name="Load">Its load: the new one, the one that holds the same content, or the failed one; null when there is none.</param>
/// <param name="Problem">Why it was not loaded, as problem details; null when it was.</param>
public sealed record BatchFile(string Path, string? Dataset, string? Outcome, Load? Load, JsonElement? Problem)
{
    /// <summary>What a dry run found; null otherwise.</summary>
    public UploadCheck? Check { get; init; }
}
