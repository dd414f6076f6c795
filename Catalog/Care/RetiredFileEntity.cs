using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Care;

/// <summary>A file that is no part of the lake any more but may still be read: a row of <c>catalog.retired_files</c>. It is removed when nobody can hold it.</summary>
public sealed class RetiredFileEntity
{
    /// <summary>Relative to the lake's root, with forward slashes.</summary>
    public required string Path { get; init; }

    public required long Bytes { get; init; }
    public required DateTimeOffset RetiredAt { get; init; }
}

internal sealed class RetiredFileConfiguration : IEntityTypeConfiguration<RetiredFileEntity>
{
    public void Configure(EntityTypeBuilder<RetiredFileEntity> builder)
    {
        builder.ToTable("retired_files");
        builder.HasKey(file => file.Path);
    }
}
