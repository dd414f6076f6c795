using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Lake.Catalog;

internal sealed class UploadConfiguration :
    IEntityTypeConfiguration<BatchEntity>,
    IEntityTypeConfiguration<BatchFileEntity>,
    IEntityTypeConfiguration<RunningLoadEntity>,
    IEntityTypeConfiguration<IdempotencyEntity>
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

    public void Configure(EntityTypeBuilder<RunningLoadEntity> builder)
    {
        builder.ToTable("running_loads");
        builder.Property(load => load.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<IdempotencyEntity> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(key => new { key.Caller, key.Key });
        builder.HasIndex(key => key.CreatedAt).HasDatabaseName("ix_idempotency_keys_created_at");
    }
}
