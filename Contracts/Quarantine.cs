using System.Text.Json.Serialization;

namespace Dunnhumby.Contracts.Loads;

/// <summary>A row that was set aside, with what is needed to find and mend it.</summary>
/// <param name="Line">1-based line in the decompressed file, the header being line 1.</param>
/// <param name="ByteOffset">0-based offset of the row's first byte in the decompressed file.</param>
/// <param name="Column">The column at fault, as in the original files; null when the whole row is (for example too few fields).</param>
/// <param name="Reason">A stable code, for example <c>not_a_number</c>.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
/// <param name="RawText">The row as it was sent, without its line end; bytes that are not UTF-8 shown as U+FFFD, cut at 4,096 characters.</param>
public sealed record QuarantinedRow(long Line, long ByteOffset, string? Column, string Reason, string Message, string RawText)
{
    /// <summary>One of <see cref="RowStates"/>.</summary>
    public string State { get; init; } = RowStates.Quarantined;

    /// <summary>The replay that loaded or dropped the row; null while it is quarantined.</summary>
    public long? ReplayLoadId { get; init; }

    /// <summary>Whether <see cref="RawText"/> is only the beginning of the row: then no edit of it can mend the row, only its whole text, given again, can.</summary>
    public bool IsCut { get; init; }
}

/// <summary>What became of a row that was set aside.</summary>
public static class RowStates
{
    /// <summary>It is still set aside.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>It was loaded by a replay, mended or as it was.</summary>
    public const string Mended = "mended";

    /// <summary>It was given up.</summary>
    public const string Dropped = "dropped";

    public static IReadOnlyList<string> All { get; } = [Quarantined, Mended, Dropped];
}

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

/// <summary>A load's quarantine, counted by reason and column.</summary>
/// <param name="LoadId">The load.</param>
/// <param name="Rows">Rows that were set aside.</param>
/// <param name="Kept">Rows that are kept for reading: of a failed load perhaps not all.</param>
/// <param name="Groups">The kept rows, the largest group first.</param>
public sealed record QuarantineSummary(long LoadId, long Rows, long Kept, IReadOnlyList<QuarantineGroup> Groups);

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

/// <summary>How many rows one reason set aside.</summary>
public sealed record ReasonCount(string Reason, long Rows);

/// <summary>A change to quarantined rows: to the rows of some lines, or to a whole group.</summary>
/// <param name="Kind">One of <see cref="RowEditKinds.All"/>.</param>
/// <param name="Lines">The lines of the rows; null to take a group.</param>
/// <param name="Reason">The group's reason, when there are no lines.</param>
/// <param name="Column">The group's column: empty for faults of whole rows, null for any.</param>
/// <param name="Field">The column whose text changes; null where the kind allows the whole row.</param>
/// <param name="From">The text to be replaced, compared exactly.</param>
/// <param name="To">The new text.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RowEdit(
    string Kind,
    IReadOnlyList<long>? Lines = null,
    string? Reason = null,
    string? Column = null,
    string? Field = null,
    string? From = null,
    string? To = null);

/// <summary>What a <see cref="RowEdit"/> does.</summary>
public static class RowEditKinds
{
    /// <summary>Replaces every <c>from</c> by <c>to</c>, in one field or, without field, in the text of the whole row.</summary>
    public const string Replace = "replace";

    /// <summary>Gives a field the value <c>to</c>.</summary>
    public const string Set = "set";

    /// <summary>Removes white space around a field's text or, without field, around every field's.</summary>
    public const string Trim = "trim";

    /// <summary>Gives the whole row the text <c>to</c>, as CSV in the column order of the file.</summary>
    public const string Row = "row";

    /// <summary>Leaves the row as it is, to be loaded so: for example the second of two rows of a key.</summary>
    public const string Keep = "keep";

    /// <summary>Gives the row up.</summary>
    public const string Drop = "drop";

    public static IReadOnlyList<string> All { get; } = [Replace, Set, Trim, Row, Keep, Drop];
}

/// <summary>How quarantined rows are to be mended. Rows that no edit takes stay as they are.</summary>
/// <param name="Edits">Applied in this order; a row may be taken by several.</param>
/// <param name="LeaveFaulty">Whether rows that are still faulty stay in quarantine while the others are replayed; otherwise one faulty row refuses all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MendRequest(IReadOnlyList<RowEdit> Edits, bool LeaveFaulty = false);

/// <summary>What edits would do. Always <c>Taken = Passing + Faulty + Dropped</c>.</summary>
/// <param name="Taken">Rows that the edits take.</param>
/// <param name="Passing">Rows that would be loaded.</param>
/// <param name="Faulty">Rows that would still be quarantined.</param>
/// <param name="Dropped">Rows that would be given up.</param>
/// <param name="Rows">The first rows, faulty ones before the others, at most 200.</param>
public sealed record MendCheck(long Taken, long Passing, long Faulty, long Dropped, IReadOnlyList<CheckedRow> Rows);

/// <summary>A quarantined row after its edits, judged by the rules of uploads.</summary>
/// <param name="Line">Its line in the load that set it aside.</param>
/// <param name="Before">The row as it was sent.</param>
/// <param name="After">The row after its edits; null when it is dropped.</param>
/// <param name="Column">The column still at fault; null when none is, or when the whole row is.</param>
/// <param name="Reason">Why it would not be loaded; null when it would be, or is dropped.</param>
/// <param name="Message">What is still wrong; null when nothing is.</param>
public sealed record CheckedRow(long Line, string Before, string? After, string? Column, string? Reason, string? Message);

/// <summary>A load of mended rows.</summary>
/// <param name="Load">The new load.</param>
/// <param name="Mended">Rows that it brings.</param>
/// <param name="Dropped">Rows that were given up with it.</param>
/// <param name="By">Who replayed: a key's scopes and fingerprint, never the key, or a person's name and id.</param>
public sealed record Replay(Load Load, long Mended, long Dropped, string By);
