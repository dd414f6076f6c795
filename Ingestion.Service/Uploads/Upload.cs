using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>One file on its way in, whatever brought it: a request, a resumed upload, a folder.</summary>
/// <param name="Table">What it is a file of.</param>
/// <param name="Body">The bytes as sent: CSV, plain or compressed.</param>
/// <param name="Length">The declared length of the body; null when it is not known before its end.</param>
/// <param name="Digests">The declared hashes.</param>
/// <param name="Budget">How many rows may be quarantined.</param>
internal sealed record Upload(LakeTable Table, Stream Body, long? Length, ContentDigests Digests, ErrorBudget Budget)
{
    /// <summary>The file's name as its sender calls it, to be shown while it is read; never a path of ours.</summary>
    internal string? FileName { get; init; }
}
