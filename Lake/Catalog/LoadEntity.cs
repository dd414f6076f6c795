using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Lake.Catalog;

/// <summary>A row of <c>catalog.loads</c>; the properties are those of <see cref="Load"/>.</summary>
public sealed class LoadEntity
{
    public required long Id { get; init; }
    public required string Dataset { get; init; }
    public required string State { get; set; }
    public required string Sha256 { get; init; }
    public required long Bytes { get; init; }
    public required long Read { get; init; }
    public required long Loaded { get; init; }
    public required long Quarantined { get; init; }
    public required long Deduplicated { get; init; }
    public required long BlankLines { get; init; }
    public decimal? SalesValue { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset CompletedAt { get; set; }
    public string? TraceId { get; init; }

    public ICollection<LakeFileEntity> Files { get; } = [];
}
