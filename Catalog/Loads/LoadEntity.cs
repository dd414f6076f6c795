using Dunnhumby.Contracts.Loads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Loads;

/// <summary>A row of <c>catalog.loads</c>; the properties are those of <see cref="Load"/>.</summary>
public sealed class LoadEntity
{
    public required long Id { get; init; }
    public required string Dataset { get; init; }
    public required string State { get; set; }
    public required string Sha256 { get; init; }
    public required long Bytes { get; init; }
    public required long Read { get; init; }
    public required long Loaded { get; init; }
    public required long Quarantined { get; init; }
    public required long Deduplicated { get; init; }
    public required long BlankLines { get; init; }
    public decimal? SalesValue { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset CompletedAt { get; set; }
    public string? TraceId { get; init; }

    public long Discarded { get; init; }

    /// <summary>Sums of SALES_VALUE, see <see cref="SalesReconciliation"/>; null for other data sets.</summary>
    public decimal? SalesRead { get; init; }
    public decimal? SalesQuarantined { get; init; }
    public decimal? SalesDeduplicated { get; init; }
    public decimal? SalesDiscarded { get; init; }
    public long? SalesUnreadableRows { get; init; }

    /// <summary>Fields that span lines and the first one's line; null for loads from before they were counted, the line also where there is none.</summary>
    public long? MultilineFields { get; init; }
    public long? FirstMultilineLine { get; init; }

    public long? BatchId { get; init; }

    /// <summary>The fingerprint of the key that sent the file; null for the watched folder's files, for replays (see <see cref="ReplayedBy"/>) and for loads from before it was kept.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>Who sent the file, or mended its rows: a key's scopes and fingerprint, a person's name and id, or the watched folder; null for loads from before it was kept.</summary>
    public string? LoadedBy { get; init; }

    /// <summary>The file's name, as its sender or its archive calls it; null when it came without one, for replays, and for loads from before it was kept.</summary>
    public string? FileName { get; init; }

    /// <summary>The table's column names in the order of the file: how a quarantined row is to be read; null for loads from before it was kept.</summary>
    public string[]? FileColumns { get; init; }

    /// <summary>The load whose mended rows this one brings: the owner of its units. Never a replay itself.</summary>
    public long? ReplaysLoadId { get; init; }

    /// <summary>Who replayed: a key or a person.</summary>
    public string? ReplayedBy { get; init; }

    public long? Replaced { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public string? WithdrawnBy { get; set; }

    /// <summary>The files that the load itself wrote; none any more once they were compacted.</summary>
    public ICollection<LakeFileEntity> Files { get; } = [];

    /// <summary>The compacted files that hold its rows now.</summary>
    public ICollection<LakeFileLoadEntity> CompactedFiles { get; } = [];
}

internal sealed class LoadConfiguration : IEntityTypeConfiguration<LoadEntity>
{
    public void Configure(EntityTypeBuilder<LoadEntity> builder)
    {
        builder.ToTable("loads", table =>
        {
            table.HasCheckConstraint("ck_loads_reconciles", $"state <> '{LoadStates.Completed}' or read = loaded + quarantined + deduplicated");
            table.HasCheckConstraint(
                "ck_loads_sales_reconcile",
                "sales_read is null or sales_read = coalesce(sales_value, 0) + sales_quarantined + sales_deduplicated + sales_discarded");
        });
        builder.Property(load => load.Id).ValueGeneratedNever();
        builder.Property(load => load.SalesValue).HasColumnType("numeric(18,2)");
        builder.Property(load => load.SalesRead).HasColumnType("numeric(20,2)");
        builder.Property(load => load.SalesQuarantined).HasColumnType("numeric(20,2)");
        builder.Property(load => load.SalesDeduplicated).HasColumnType("numeric(20,2)");
        builder.Property(load => load.SalesDiscarded).HasColumnType("numeric(20,2)");
        builder.HasOne<BatchEntity>().WithMany().HasForeignKey(load => load.BatchId);
        builder.HasMany(load => load.Files).WithOne().HasForeignKey(file => file.LoadId);
        builder.HasOne<LoadEntity>().WithMany().HasForeignKey(load => load.ReplaysLoadId);

        // Mended rows may well be the content of an earlier upload: what keeps them from coming twice is that a row is replayed once.
        builder.HasIndex(load => new { load.Dataset, load.Sha256 })
            .IsUnique()
            .HasFilter($"state = '{LoadStates.Completed}' and replays_load_id is null")
            .HasDatabaseName("ux_loads_content");
    }
}
