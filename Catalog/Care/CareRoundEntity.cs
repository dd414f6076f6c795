using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Care;

/// <summary>What a round of lake care did and found: a row of <c>catalog.care_rounds</c>.</summary>
public sealed class CareRoundEntity
{
    public long Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Small files that were merged, and the files that they became.</summary>
    public required int FilesMerged { get; init; }

    public required int FilesWritten { get; init; }

    /// <summary>Retired files that were removed.</summary>
    public required int FilesRemoved { get; init; }

    /// <summary>Files unknown to the catalog that were removed, and their size.</summary>
    public required int OrphansRemoved { get; init; }

    public required long OrphanBytes { get; init; }

    /// <summary>Files that the catalog lists and that are missing or torn, each with what is wrong.</summary>
    public required string[] Faults { get; init; }
}

internal sealed class CareRoundConfiguration : IEntityTypeConfiguration<CareRoundEntity>
{
    public void Configure(EntityTypeBuilder<CareRoundEntity> builder)
    {
        builder.ToTable("care_rounds");
        builder.Property(round => round.Id).UseIdentityAlwaysColumn();
    }
}
