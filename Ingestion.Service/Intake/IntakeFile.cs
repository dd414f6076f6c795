using Dunnhumby.Ingestion.Service.Uploads;

namespace Dunnhumby.Ingestion.Service.Intake;

/// <summary>A whole file that lies somewhere the service can read it again.</summary>
/// <param name="Name">As its sender calls it.</param>
/// <param name="Dataset">What it is of; null when its content must say so.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">The declared hash of the file, as it is or decompressed; null when none was.</param>
/// <param name="Budget">How many rows may be quarantined.</param>
internal sealed record IntakeFile(string? Name, string? Dataset, long Length, byte[]? Sha256, ErrorBudget Budget);
