namespace Dunnhumby.Contracts.Loads;

/// <summary>What edits would do. Always <c>Taken = Passing + Faulty + Dropped</c>.</summary>
/// <param name="Taken">Rows that the edits take.</param>
/// <param name="Passing">Rows that would be loaded.</param>
/// <param name="Faulty">Rows that would still be quarantined.</param>
/// <param name="Dropped">Rows that would be given up.</param>
/// <param name="Rows">The first rows, faulty ones before the others, at most 200.</param>
public sealed record MendCheck(long Taken, long Passing, long Faulty, long Dropped, IReadOnlyList<CheckedRow> Rows);
