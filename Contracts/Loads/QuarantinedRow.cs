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

    /// <summary>Whether <see cref="RawText"/> is only the beginning of the row: then no edit of it can mend the row, only its whole text given anew.</summary>
    public bool IsCut { get; init; }
}
