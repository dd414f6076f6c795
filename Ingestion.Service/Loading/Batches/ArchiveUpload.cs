using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Loading.Batches;

/// <summary>A zip archive of several data sets on its way in, whatever brought it.</summary>
/// <param name="Body">The archive. One that is seekable is read where it is, any other is put down first.</param>
/// <param name="Length">The declared length of the body; null when it is not known before its end.</param>
/// <param name="Digests">The declared hashes of the archive.</param>
/// <param name="Budget">How many rows of each file may be quarantined.</param>
internal sealed record ArchiveUpload(Stream Body, long? Length, ContentDigests Digests, ErrorBudget Budget)
{
    /// <summary>The fingerprint of the key that sent it; null for a file of the watched folder.</summary>
    internal string? Key { get; init; }

    /// <summary>How the body is encoded for its transport.</summary>
    internal ContentCoding Coding { get; init; }

    /// <summary>Whether to validate and report only.</summary>
    internal bool IsDryRun { get; init; }
}
