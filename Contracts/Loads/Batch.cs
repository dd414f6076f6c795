namespace Dunnhumby.Contracts.Loads;

/// <summary>Files that were sent together in a zip archive. What could be loaded of them was committed at once.</summary>
/// <param name="Id">Grows with every batch.</param>
/// <param name="State">One of <see cref="BatchStates"/>.</param>
/// <param name="ReceivedAt">When the archive began to come.</param>
/// <param name="CompletedAt">When its loads were committed; null while it runs.</param>
/// <param name="Files">Every file of the archive, in the order of the data sets, ignored ones last.</param>
public sealed record Batch(long Id, string State, DateTimeOffset ReceivedAt, DateTimeOffset? CompletedAt, IReadOnlyList<BatchFile> Files)
{
    /// <summary>Who sent it: a key's scopes and fingerprint, never the key, or a person's name and id; null for batches from before it was kept.</summary>
    public string? SentBy { get; init; }
}
