using System.Text.Json;

namespace Dunnhumby.Contracts.Loads;

/// <summary>A resumable upload and what became of it.</summary>
/// <param name="Id">The last part of its address, <c>/uploads/{id}</c>.</param>
/// <param name="State">One of <see cref="UploadStates"/>.</param>
/// <param name="FileName">As declared; null when it was not.</param>
/// <param name="Dataset">What the file is of; null for an archive of several.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="Offset">Bytes that are on disk: where to continue.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="ExpiresAt">When it is forgotten unless something happens to it.</param>
/// <param name="Loads">The loads it led to, in the order of the data sets; empty until it has been processed.</param>
/// <param name="Problem">Why it was refused, as problem details; null unless it was. That of an archive which was not loaded whole has its batch.</param>
/// <param name="Batch">What became of each file of an archive that was loaded; null for single files.</param>
public sealed record ResumableUpload(
    string Id,
    string State,
    string? FileName,
    string? Dataset,
    long Length,
    long Offset,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<UploadedLoad> Loads,
    JsonElement? Problem,
    Batch? Batch = null);

/// <summary>The states of a resumable upload, as served.</summary>
public static class UploadStates
{
    /// <summary>Bytes are missing.</summary>
    public const string Receiving = "receiving";

    /// <summary>A part of a file, with or without all of its bytes: it is never loaded by itself, but by the upload that puts the parts together.</summary>
    public const string Part = "part";

    /// <summary>All bytes have arrived; the rows are being checked and stored, or are waiting.</summary>
    public const string Processing = "processing";

    /// <summary>The content is loaded: now, or by an earlier upload of the same content.</summary>
    public const string Completed = "completed";

    /// <summary>Not loaded, and the problem says why. Of an archive a part may be: its loads are listed, the problem is of type <c>batch-partial</c>.</summary>
    public const string Refused = "refused";
}

/// <summary>A load that a file led to.</summary>
/// <param name="IsNew">False when the same content had been loaded before: then it is that first load.</param>
/// <param name="Load">The load as it was when the file had been processed.</param>
public sealed record UploadedLoad(bool IsNew, Load Load);

/// <summary>How an uploaded file ends, as stored and as served.</summary>
public static class UploadOutcomes
{
    /// <summary>A new load.</summary>
    public const string Created = "created";

    /// <summary>The same content was loaded before: nothing changed.</summary>
    public const string Known = "known";

    /// <summary>More rows were faulty than the error budget allows: nothing was loaded, the quarantine is kept.</summary>
    public const string OverBudget = "over_budget";

    /// <summary>The file cannot be loaded: there is no load.</summary>
    public const string Refused = "refused";

    /// <summary>A file of an archive that is no data set, such as a licence: left alone.</summary>
    public const string Ignored = "ignored";
}

/// <summary>What an upload with <c>?dryRun=true</c> would have led to. Nothing was loaded and nothing was kept.</summary>
/// <param name="Outcome">One of <see cref="UploadOutcomes"/>.</param>
/// <param name="Load">The load as it would have been: its id is 0, or that of the load that holds the same content.</param>
/// <param name="QuarantinedByReason">How many rows each reason would have set aside, the most frequent first.</param>
/// <param name="FirstRows">The first rows that would have been set aside.</param>
public sealed record UploadCheck(string Outcome, Load Load, IReadOnlyList<ReasonCount> QuarantinedByReason, IReadOnlyList<QuarantinedRow> FirstRows);

/// <summary>A short-lived permission to upload, for a browser that must not hold the ingest key.</summary>
/// <param name="Ticket">Sent as <c>Authorization: Bearer …</c> with <c>POST /loads/{dataset}</c>; good for uploads only.</param>
/// <param name="ExpiresAt">After this the ticket is refused (a running upload continues).</param>
public sealed record UploadTicket(string Ticket, DateTimeOffset ExpiresAt);
