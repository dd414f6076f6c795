using Dunnhumby.Contracts.Loads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Loads;

/// <summary>A row of <c>catalog.quarantined_rows</c>: one per row that was set aside, with the first fault found in it.</summary>
public sealed class QuarantinedRowEntity
{
    public required long LoadId { get; init; }
    public required long Line { get; init; }
    public required long ByteOffset { get; init; }
    public string? Column { get; init; }
    public required string Reason { get; init; }
    public required string Message { get; init; }
    public required string RawText { get; init; }

    /// <summary>Whether <see cref="RawText"/> is only the beginning of the row.</summary>
    public required bool IsCut { get; init; }
}

/// <summary>
/// What was done with a quarantined row: a row of <c>catalog.mended_rows</c>. What it was before is in <see cref="QuarantinedRowEntity"/>; when and by whom
/// is in the replay's load. At most one that is not withdrawn per quarantined row.
/// </summary>
public sealed class MendedRowEntity
{
    /// <summary>The load that brings the row.</summary>
    public required long ReplayLoadId { get; init; }

    /// <summary>The load that set the row aside, and its line there.</summary>
    public required long LoadId { get; init; }

    public required long Line { get; init; }

    /// <summary><see cref="RowStates.Mended"/> or <see cref="RowStates.Dropped"/>.</summary>
    public required string State { get; init; }

    /// <summary>The row as it was loaded; null when it was dropped.</summary>
    public string? After { get; init; }

    /// <summary>When the replay was withdrawn, so that the row is quarantined again; null when it was not.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}

internal sealed class QuarantinedRowConfiguration : IEntityTypeConfiguration<QuarantinedRowEntity>, IEntityTypeConfiguration<MendedRowEntity>
{
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
