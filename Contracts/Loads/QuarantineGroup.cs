namespace Dunnhumby.Contracts.Loads;

/// <summary>The rows of a load's quarantine that have the same fault.</summary>
/// <param name="Reason">A stable code, for example <c>not_a_number</c>.</param>
/// <param name="Column">The column at fault; null when the whole row is.</param>
/// <param name="Message">What is wrong, as one of the rows has it.</param>
/// <param name="Rows">All rows: those still quarantined, mended and dropped.</param>
/// <param name="Quarantined">Rows still set aside.</param>
/// <param name="Mended">Rows loaded by a replay.</param>
/// <param name="Dropped">Rows given up.</param>
/// <param name="Cut">Rows still set aside of which only the beginning is kept.</param>
public sealed record QuarantineGroup(string Reason, string? Column, string Message, long Rows, long Quarantined, long Mended, long Dropped, long Cut);
