using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Loads;

/// <summary>
/// What a replica of ingestion says about an upload that it is reading: a row of <c>catalog.running_loads</c>, refreshed every second and removed at the end,
/// so that every replica can answer for it. One that is no longer refreshed died with its replica.
/// </summary>
public sealed class RunningLoadEntity
{
    public required long Id { get; init; }

    /// <summary>The replica.</summary>
    public required string Owner { get; init; }

    public required string Dataset { get; init; }
    public string? FileName { get; init; }
    public long? BatchId { get; init; }

    /// <summary>The fingerprint of the key that sends it; null for the watched folder's files.</summary>
    public string? KeyFingerprint { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required long Bytes { get; init; }
    public long? TotalBytes { get; init; }
    public required long Read { get; init; }
    public required long Quarantined { get; init; }
    public required DateTimeOffset SeenAt { get; init; }
}

internal sealed class RunningLoadConfiguration : IEntityTypeConfiguration<RunningLoadEntity>
{
    public void Configure(EntityTypeBuilder<RunningLoadEntity> builder)
    {
        builder.ToTable("running_loads");
        builder.Property(load => load.Id).ValueGeneratedNever();
    }
}
