namespace Dunnhumby.Contracts.Loads;

/// <summary>A load's quarantine, counted by reason and column.</summary>
/// <param name="LoadId">The load.</param>
/// <param name="Rows">Rows that were set aside.</param>
/// <param name="Kept">Rows that are kept for reading: of a failed load perhaps not all.</param>
/// <param name="Groups">The kept rows, the largest group first.</param>
public sealed record QuarantineSummary(long LoadId, long Rows, long Kept, IReadOnlyList<QuarantineGroup> Groups);
