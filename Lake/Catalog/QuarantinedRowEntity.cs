namespace Dunnhumby.Lake.Catalog;

/// <summary>A row of <c>catalog.quarantined_rows</c>: one per row that was set aside, with the first fault found in it.</summary>
public sealed class QuarantinedRowEntity
{
    public required long LoadId { get; init; }
    public required long Line { get; init; }
    public required long ByteOffset { get; init; }
    public string? Column { get; init; }
    public required string Reason { get; init; }
    public required string Message { get; init; }
    public required string RawText { get; init; }

    /// <summary>Whether <see cref="RawText"/> is only the beginning of the row.</summary>
    public required bool IsCut { get; init; }
}
