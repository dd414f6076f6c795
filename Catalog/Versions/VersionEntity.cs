using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Versions;

/// <summary>A published version of the derived tables: a row of <c>insights.versions</c>. The highest number is the current one.</summary>
public sealed class VersionEntity
{
    public required int Version { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required long RunId { get; init; }

    /// <summary>The calendar date of DAY 1.</summary>
    public required DateOnly DayOne { get; init; }

    /// <summary>Hash of inputs, settings and models: a run with the same one has nothing to do.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>
    /// Of each part that was computed without a failure, by its name (tables, models of notices, data tests): the hash of what it was made from. A run carries a part
    /// over while that stays the same.
    /// </summary>
    public IReadOnlyDictionary<string, string> PartFingerprints { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The schema that holds this version's tables: <c>insights_v000123</c>. A table that was carried over is there as a view of an older schema's table.</summary>
    public required string SchemaName { get; init; }

    /// <summary>The settings it was computed with, as a JSON object.</summary>
    public required string Settings { get; init; }

    /// <summary>The former version that it repeats, since somebody went back to that one; null for one that a run computed.</summary>
    public int? Republishes { get; init; }

    /// <summary>Since when nothing but a change of the loads may replace it, since somebody went back to it; null when it is not held. Of the current version only.</summary>
    public DateTimeOffset? HeldSince { get; set; }

    /// <summary>Hash of the loads that readers had before, as <see cref="LakeState"/> makes it: with others, it is held no longer. Null when nobody went back.</summary>
    public string? HeldLake { get; set; }

    /// <summary>Which columns of which tables its tables are made of, as a JSON array; null in versions from before this was kept.</summary>
    public string? Lineage { get; set; }

    public ICollection<VersionLoadEntity> Loads { get; } = [];
    public ICollection<VersionTableEntity> Tables { get; } = [];
    public ICollection<VersionNoticeEntity> Notices { get; } = [];

    /// <summary>SQL of a text that differs when other loads are completed: what was loaded or withdrawn since shows in it, whatever clocks and the order of commits say.</summary>
    public const string LakeState = "(select coalesce(md5(string_agg(id || ' ' || sha256, ',' order by id)), '') from catalog.loads where state = 'completed')";

    /// <summary>SQL of the same text about the loads that a version is made of; <c>{0}</c> is its number.</summary>
    public const string LakeStateOfVersion =
        "(select coalesce(md5(string_agg(load_id || ' ' || sha256, ',' order by load_id)), '') from insights.version_loads where version = {0})";

    /// <summary>The name of the schema that a version's tables are in.</summary>
    public static string SchemaOf(int version) => string.Create(CultureInfo.InvariantCulture, $"insights_v{version:D6}");
}

/// <summary>A load whose rows are in a version: a row of <c>insights.version_loads</c>, with what readers show of the load.</summary>
public sealed class VersionLoadEntity
{
    public required int Version { get; init; }
    public required long LoadId { get; init; }
    public required string Dataset { get; init; }
    public required string Sha256 { get; init; }
    public required long Loaded { get; init; }
    public required DateTimeOffset CompletedAt { get; init; }
}

/// <summary>Something the run counted that readers should know: a row of <c>insights.version_notices</c>.</summary>
public sealed class VersionNoticeEntity
{
    public required int Version { get; init; }
    public required string Code { get; init; }
    /// <summary>The model or data test that counted it; null in versions from before this was noted.</summary>
    public string? Part { get; init; }

    public required int Ordinal { get; init; }
    public required long Count { get; init; }
    public required string Message { get; init; }
}

internal sealed class VersionConfiguration :
    IEntityTypeConfiguration<VersionEntity>,
    IEntityTypeConfiguration<VersionLoadEntity>,
    IEntityTypeConfiguration<VersionNoticeEntity>
{
    public void Configure(EntityTypeBuilder<VersionEntity> builder)
    {
        builder.ToTable("versions", LakeCatalog.InsightsSchema);
        builder.HasKey(version => version.Version);
        builder.Property(version => version.Version).ValueGeneratedNever();
        builder.Property(version => version.Settings).HasColumnType("jsonb");
        builder.Property(version => version.Lineage).HasColumnType("jsonb");
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

    public void Configure(EntityTypeBuilder<VersionNoticeEntity> builder)
    {
        builder.ToTable("version_notices", LakeCatalog.InsightsSchema);
        builder.HasKey(notice => new { notice.Version, notice.Code });
    }
}
