using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Loads;

/// <summary>A Parquet file that belongs to the lake: a row of <c>catalog.lake_files</c>.</summary>
public sealed class LakeFileEntity
{
    /// <summary>Relative to the lake's root, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>The load that wrote it; null for a compacted file, whose loads are <see cref="Loads"/>.</summary>
    public required long? LoadId { get; init; }

    public required long Rows { get; init; }
    public required long Bytes { get; init; }

    /// <summary>The loads whose rows are in a compacted file; none for the file of a load.</summary>
    public ICollection<LakeFileLoadEntity> Loads { get; } = [];
}

/// <summary>That a compacted file holds rows of a load: a row of <c>catalog.lake_file_loads</c>.</summary>
public sealed class LakeFileLoadEntity
{
    public required string Path { get; init; }
    public required long LoadId { get; init; }
    public required long Rows { get; init; }
}

internal sealed class LakeFileConfiguration : IEntityTypeConfiguration<LakeFileEntity>, IEntityTypeConfiguration<LakeFileLoadEntity>
{
    public void Configure(EntityTypeBuilder<LakeFileEntity> builder)
    {
        builder.ToTable("lake_files");
        builder.HasKey(file => file.Path);
        builder.HasMany(file => file.Loads).WithOne().HasForeignKey(load => load.Path).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<LakeFileLoadEntity> builder)
    {
        builder.ToTable("lake_file_loads");
        builder.HasKey(load => new { load.Path, load.LoadId });
        builder.HasOne<LoadEntity>().WithMany(load => load.CompactedFiles).HasForeignKey(load => load.LoadId);
    }
}
