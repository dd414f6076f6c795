namespace Dunnhumby.Lake.Catalog;

/// <summary>Files that came in one archive: a row of <c>catalog.batches</c>, written in the transaction of its loads.</summary>
public sealed class BatchEntity
{
    public required long Id { get; init; }
    public required string State { get; set; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset CompletedAt { get; set; }

    public ICollection<BatchFileEntity> Files { get; } = [];
}
