namespace Dunnhumby.Lake.Catalog;

/// <summary>One file of a batch: a row of <c>catalog.batch_files</c>.</summary>
public sealed class BatchFileEntity
{
    public required long BatchId { get; init; }

    /// <summary>Its place in the answer, from 0.</summary>
    public required int Position { get; init; }

    public required string Path { get; init; }
    public string? Dataset { get; init; }
    public required string Outcome { get; init; }
    public long? LoadId { get; init; }

    /// <summary>Problem details as JSON.</summary>
    public string? Problem { get; init; }
}
