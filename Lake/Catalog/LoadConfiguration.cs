using Dunnhumby.Contracts.Loads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Lake.Catalog;

internal sealed class LoadConfiguration :
    IEntityTypeConfiguration<LoadEntity>,
    IEntityTypeConfiguration<LakeFileEntity>,
    IEntityTypeConfiguration<QuarantinedRowEntity>,
    IEntityTypeConfiguration<MendedRowEntity>
{
    public void Configure(EntityTypeBuilder<LoadEntity> builder)
    {
        builder.ToTable("loads", table => table.HasCheckConstraint(
            "ck_loads_reconciles",
            $"state <> '{LoadStates.Completed}' or read = loaded + quarantined + deduplicated"));
        builder.Property(load => load.Id).ValueGeneratedNever();
        builder.Property(load => load.SalesValue).HasColumnType("numeric(18,2)");
        builder.HasMany(load => load.Files).WithOne().HasForeignKey(file => file.LoadId);
        builder.HasOne<LoadEntity>().WithMany().HasForeignKey(load => load.ReplaysLoadId);

        // Mended rows may well be the content of an earlier upload: what keeps them from coming twice is that a row is replayed once.
        builder.HasIndex(load => new { load.Dataset, load.Sha256 })
            .IsUnique()
            .HasFilter($"state = '{LoadStates.Completed}' and replays_load_id is null")
            .HasDatabaseName("ux_loads_content");
    }

    public void Configure(EntityTypeBuilder<LakeFileEntity> builder)
    {
        builder.ToTable("lake_files");
        builder.HasKey(file => file.Path);
    }

    public void Configure(EntityTypeBuilder<QuarantinedRowEntity> builder)
    {
        builder.ToTable("quarantined_rows");
        builder.HasKey(row => new { row.LoadId, row.Line });
        builder.HasOne<LoadEntity>().WithMany().HasForeignKey(row => row.LoadId);
    }

    public void Configure(EntityTypeBuilder<MendedRowEntity> builder)
    {
        builder.ToTable("mended_rows");
        builder.HasKey(row => new { row.ReplayLoadId, row.Line });
        builder.HasOne<LoadEntity>().WithMany().HasForeignKey(row => row.ReplayLoadId);
        builder.HasOne<QuarantinedRowEntity>().WithMany().HasForeignKey(row => new { row.LoadId, row.Line });
        builder.HasIndex(row => new { row.LoadId, row.Line })
            .IsUnique()
            .HasFilter("withdrawn_at is null")
            .HasDatabaseName("ux_mended_rows_once");
    }
}
