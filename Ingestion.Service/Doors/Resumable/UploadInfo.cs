using System.Text.Json.Serialization;

namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>What is known of an upload from its beginning on; kept beside its bytes.</summary>
/// <param name="Id">Random: who does not know it does not find the upload.</param>
/// <param name="Owner">The fingerprint of the key that began it; only this key goes on with it.</param>
/// <param name="Length">Bytes in all.</param>
/// <param name="Metadata">The header as sent, which is given back.</param>
/// <param name="FileName">As declared.</param>
/// <param name="Dataset">What it is of; null for an archive of several.</param>
/// <param name="MaxQuarantined">The declared error budget.</param>
/// <param name="Sha256">The declared hash in hexadecimal.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="TraceParent">The trace it was begun in; its loading belongs to the same one.</param>
internal sealed record UploadInfo(
    string Id,
    string Owner,
    long Length,
    string Metadata,
    string? FileName,
    string? Dataset,
    string? MaxQuarantined,
    string? Sha256,
    DateTimeOffset CreatedAt,
    string? TraceParent)
{
    /// <summary>The header <c>Upload-Concat</c> as sent, which is given back; null for an upload of a whole file.</summary>
    public string? Concat { get; init; }

    /// <summary>The ids of the parts that it puts together, in order; empty for any other upload.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Whether it is a part of a file: it is never loaded by itself.</summary>
    [JsonIgnore]
    public bool IsPart => Concat is Concatenation.Partial;
}
