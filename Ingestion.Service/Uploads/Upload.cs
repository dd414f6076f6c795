using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Uploads;

/// <summary>One file on its way in.</summary>
/// <param name="Table">What it is a file of.</param>
/// <param name="Body">The bytes as sent.</param>
/// <param name="Length">The declared length of the body; null when it is sent in chunks.</param>
/// <param name="Digests">The declared hashes.</param>
/// <param name="Budget">How many rows may be quarantined.</param>
internal sealed record Upload(LakeTable Table, Stream Body, long? Length, ContentDigests Digests, ErrorBudget Budget);
