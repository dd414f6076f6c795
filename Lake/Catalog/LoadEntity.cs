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

    public long Discarded { get; init; }

    /// <summary>Sums of SALES_VALUE, see <see cref="SalesReconciliation"/>; null for other data sets.</summary>
    public decimal? SalesRead { get; init; }
    public decimal? SalesQuarantined { get; init; }
    public decimal? SalesDeduplicated { get; init; }
    public decimal? SalesDiscarded { get; init; }
    public long? SalesUnreadableRows { get; init; }

    /// <summary>Fields that span lines and the first one's line; null for loads from before they were counted, the line also where there is none.</summary>
    public long? MultilineFields { get; init; }
    public long? FirstMultilineLine { get; init; }

    public long? BatchId { get; init; }

    /// <summary>The fingerprint of the key that sent the file; null for the watched folder's files, for replays (see <see cref="ReplayedBy"/>) and for loads from before it was kept.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>Who sent the file, or mended its rows: a key's scopes and fingerprint, a person's name and id, or the watched folder; null for loads from before it was kept.</summary>
    public string? LoadedBy { get; init; }

    /// <summary>The table's column names in the order of the file: how a quarantined row is to be read; null for loads from before it was kept.</summary>
    public string[]? FileColumns { get; init; }

    /// <summary>The load whose mended rows this one brings: the owner of its units. Never a replay itself.</summary>
    public long? ReplaysLoadId { get; init; }

    /// <summary>Who replayed: a key or a person.</summary>
    public string? ReplayedBy { get; init; }

    public long? Replaced { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }

    /// <summary>The files that the load itself wrote; none any more once they were compacted.</summary>
    public ICollection<LakeFileEntity> Files { get; } = [];

    /// <summary>The compacted files that hold its rows now.</summary>
    public ICollection<LakeFileLoadEntity> CompactedFiles { get; } = [];
}
