using System.Text.Json;

namespace Dunnhumby.Contracts.Loads;

/// <summary>A resumable upload and what became of it.</summary>
/// <param name="Id">The last part of its address, <c>/uploads/{id}</c>.</param>
/// <param name="State">One of <see cref="UploadStates"/>.</param>
/// <param name="FileName">As declared; null when it was not.</param>
/// <param name="Dataset">What the file is of; null for an archive of several.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="Offset">Bytes that are on disk: where to go on.</param>
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
