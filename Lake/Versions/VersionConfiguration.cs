using System.Text.Json;
using Dunnhumby.Lake.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Lake.Versions;

internal sealed class VersionConfiguration :
    IEntityTypeConfiguration<VersionEntity>,
    IEntityTypeConfiguration<VersionLoadEntity>,
    IEntityTypeConfiguration<VersionTableEntity>,
    IEntityTypeConfiguration<VersionNoticeEntity>
{
    public void Configure(EntityTypeBuilder<VersionEntity> builder)
    {
        builder.ToTable("versions", LakeCatalog.InsightsSchema);
        builder.HasKey(version => version.Version);
        builder.Property(version => version.Version).ValueGeneratedNever();
        builder.Property(version => version.Settings).HasColumnType("jsonb");
        builder.Property(version => version.PartFingerprints).HasColumnType("jsonb").HasDefaultValueSql("'{}'").HasConversion(
            fingerprints => JsonSerializer.Serialize(fingerprints, JsonSerializerOptions.Default),
            json => JsonSerializer.Deserialize<Dictionary<string, string>>(json, JsonSerializerOptions.Default)!, // Never null in the database.
            new ValueComparer<IReadOnlyDictionary<string, string>>(
                (left, right) => ReferenceEquals(left, right), fingerprints => fingerprints.Count, fingerprints => fingerprints));
        builder.HasMany(version => version.Loads).WithOne().HasForeignKey(load => load.Version);
        builder.HasMany(version => version.Tables).WithOne().HasForeignKey(table => table.Version);
        builder.HasMany(version => version.Notices).WithOne().HasForeignKey(notice => notice.Version);
    }

    public void Configure(EntityTypeBuilder<VersionLoadEntity> builder)
    {
        builder.ToTable("version_loads", LakeCatalog.InsightsSchema);
        builder.HasKey(load => new { load.Version, load.LoadId });
    }

    public void Configure(EntityTypeBuilder<VersionTableEntity> builder)
    {
        builder.ToTable("version_tables", LakeCatalog.InsightsSchema);
        builder.HasKey(table => new { table.Version, table.Name });
        builder.Property(table => table.State).HasDefaultValue(TableStates.Fresh);
        builder.Property(table => table.SuspectedLoads).HasDefaultValueSql("'{}'");
        builder.Property(table => table.MissingLoads).HasDefaultValueSql("'{}'");
        builder.Property(table => table.WithdrawnLoads).HasDefaultValueSql("'{}'");
    }

    public void Configure(EntityTypeBuilder<VersionNoticeEntity> builder)
    {
        builder.ToTable("version_notices", LakeCatalog.InsightsSchema);
        builder.HasKey(notice => new { notice.Version, notice.Code });
    }
}
