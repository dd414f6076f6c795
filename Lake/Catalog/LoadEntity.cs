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

    /// <summary>The table's column names in the order of the file: how a quarantined row is to be read; null for loads from before it was kept.</summary>
    public string[]? FileColumns { get; init; }

    /// <summary>The load whose mended rows this one brings: the owner of its units. Never a replay itself.</summary>
    public long? ReplaysLoadId { get; init; }

    /// <summary>The key that replayed: a scope and a fingerprint.</summary>
    public string? ReplayedBy { get; init; }

    public long? Replaced { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }

    public ICollection<LakeFileEntity> Files { get; } = [];
}
