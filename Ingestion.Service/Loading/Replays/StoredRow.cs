namespace Dunnhumby.Ingestion.Service.Loading.Replays;

/// <summary>A quarantined row with what became of it, as queries see it: made by initialiser, so that they can filter by its members.</summary>
internal sealed class StoredRow
{
    internal required long Line { get; init; }
    internal required long ByteOffset { get; init; }
    internal string? Column { get; init; }
    internal required string Reason { get; init; }
    internal required string Message { get; init; }
    internal required string RawText { get; init; }
    internal required string State { get; init; }
    internal long? ReplayLoadId { get; init; }
    internal required bool IsCut { get; init; }
}
