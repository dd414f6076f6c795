namespace Dunnhumby.Lake.Catalog;

/// <summary>Files that came in one archive: a row of <c>catalog.batches</c>, written in the transaction of its loads.</summary>
public sealed class BatchEntity
{
    public required long Id { get; init; }
    public required string State { get; set; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset CompletedAt { get; set; }

    /// <summary>The fingerprint of the key that sent it; null for the watched folder's archives and for batches from before it was kept.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>Who sent it: a key's scopes and fingerprint, or a person's name and id; null for batches from before it was kept.</summary>
    public string? SentBy { get; init; }

    public ICollection<BatchFileEntity> Files { get; } = [];
}
