using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Loads;

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

internal sealed class BatchConfiguration : IEntityTypeConfiguration<BatchEntity>, IEntityTypeConfiguration<BatchFileEntity>
{
    public void Configure(EntityTypeBuilder<BatchEntity> builder)
    {
        builder.ToTable("batches");
        builder.Property(batch => batch.Id).ValueGeneratedNever();
        builder.HasMany(batch => batch.Files).WithOne().HasForeignKey(file => file.BatchId);
    }

    public void Configure(EntityTypeBuilder<BatchFileEntity> builder)
    {
        builder.ToTable("batch_files");
        builder.HasKey(file => new { file.BatchId, file.Position });
        builder.Property(file => file.Problem).HasColumnType("jsonb");
        builder.HasOne<LoadEntity>().WithMany().HasForeignKey(file => file.LoadId);
    }
}
