namespace Dunnhumby.Contracts.Lake;

/// <summary>What a round of lake care did.</summary>
/// <param name="FilesMerged">Small files that were merged.</param>
/// <param name="FilesWritten">The files that they became.</param>
/// <param name="FilesRemoved">Merged or withdrawn files that no reader could hold any more.</param>
/// <param name="OrphansRemoved">Files that the catalog did not know.</param>
public sealed record CareRound(DateTimeOffset FinishedAt, double Seconds, int FilesMerged, int FilesWritten, int FilesRemoved, int OrphansRemoved, long OrphanBytes);
