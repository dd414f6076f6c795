namespace Dunnhumby.Contracts.Loads;

/// <summary>A quarantined row after its edits, judged by the rules of uploads.</summary>
/// <param name="Line">Its line in the load that set it aside.</param>
/// <param name="Before">The row as it was sent.</param>
/// <param name="After">The row after its edits; null when it is dropped.</param>
/// <param name="Column">The column still at fault; null when none is, or when the whole row is.</param>
/// <param name="Reason">Why it would not be loaded; null when it would be, or is dropped.</param>
/// <param name="Message">What is still wrong; null when nothing is.</param>
public sealed record CheckedRow(long Line, string Before, string? After, string? Column, string? Reason, string? Message);
