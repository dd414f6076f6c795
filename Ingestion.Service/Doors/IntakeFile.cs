using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Ingestion.Service.Reading.Content;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>A whole file that lies somewhere the service can read it again.</summary>
/// <param name="Name">As its sender calls it.</param>
/// <param name="Dataset">What it is of; null for an archive of several.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">The declared hash of the file, as it is or decompressed; null when none was.</param>
/// <param name="Budget">How many rows may be quarantined.</param>
internal sealed record IntakeFile(string? Name, string? Dataset, long Length, byte[]? Sha256, ErrorBudget Budget)
{
    /// <summary>The fingerprint of the key that sent it; null for a file of the watched folder.</summary>
    internal string? Key { get; init; }

    /// <summary>Whether its name is that of an archive, and nothing says that it is a single data set.</summary>
    internal bool IsArchive => Dataset is null && DatasetFiles.IsArchive(Name ?? "");
}
