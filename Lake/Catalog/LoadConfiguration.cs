using Dunnhumby.Contracts.Loads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Lake.Catalog;

internal sealed class LoadConfiguration :
    IEntityTypeConfiguration<LoadEntity>,
    IEntityTypeConfiguration<LakeFileEntity>,
    IEntityTypeConfiguration<QuarantinedRowEntity>
{
    public void Configure(EntityTypeBuilder<LoadEntity> builder)
    {
        builder.ToTable("loads", table => table.HasCheckConstraint(
            "ck_loads_reconciles",
            $"state <> '{LoadStates.Completed}' or read = loaded + quarantined + deduplicated"));
        builder.Property(load => load.Id).ValueGeneratedNever();
        builder.Property(load => load.SalesValue).HasColumnType("numeric(18,2)");
        builder.HasMany(load => load.Files).WithOne().HasForeignKey(file => file.LoadId);
        builder.HasIndex(load => new { load.Dataset, load.Sha256 })
            .IsUnique()
            .HasFilter($"state = '{LoadStates.Completed}'")
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
}
