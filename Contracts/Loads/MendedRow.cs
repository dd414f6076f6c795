namespace Dunnhumby.Contracts.Loads;

/// <summary>The record of what was done with a quarantined row.</summary>
/// <param name="LoadId">The load that set the row aside.</param>
/// <param name="Line">Its line there.</param>
/// <param name="Reason">Why it was set aside.</param>
/// <param name="Column">The column that was at fault; null when the whole row was.</param>
/// <param name="State"><see cref="RowStates.Mended"/> or <see cref="RowStates.Dropped"/>.</param>
/// <param name="Before">The row as it was sent.</param>
/// <param name="After">The row as it was loaded; null when it was dropped.</param>
/// <param name="At">When.</param>
/// <param name="By">Who did it: a key's scopes and fingerprint, never the key, or a person's name and id.</param>
/// <param name="WithdrawnAt">When the replay was withdrawn, which put the row back into quarantine; null when it was not.</param>
public sealed record MendedRow(
    long LoadId,
    long Line,
    string Reason,
    string? Column,
    string State,
    string Before,
    string? After,
    DateTimeOffset At,
    string? By,
    DateTimeOffset? WithdrawnAt);
