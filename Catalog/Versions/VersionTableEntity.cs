using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Versions;

/// <summary>A derived table of a version: a row of <c>insights.version_tables</c>.</summary>
public sealed class VersionTableEntity
{
    public required int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>Position in listings, from 0.</summary>
    public required int Ordinal { get; init; }

    public required long Rows { get; init; }

    /// <summary>What one row is, in words.</summary>
    public required string Grain { get; init; }

    /// <summary>Column names in order.</summary>
    public required string[] Columns { get; init; }

    /// <summary>What the model says of the table and its columns, as a JSON object; null in versions from before this was kept.</summary>
    public string? About { get; set; }

    /// <summary>One of <see cref="TableStates"/>.</summary>
    public string State { get; init; } = TableStates.Fresh;

    /// <summary>The version that it was computed for; null for an absent table.</summary>
    public int? ComputedVersion { get; init; }

    /// <summary>When that version was published; null for an absent table, and for one that was computed for its own version.</summary>
    public DateTimeOffset? ComputedAt { get; init; }

    /// <summary>Since when it fails; null for a fresh table, as everything that follows.</summary>
    public DateTimeOffset? StaleSince { get; init; }

    /// <summary>Why it failed, in words for an analyst.</summary>
    public string? Reason { get; init; }

    /// <summary>What the engine or the test said.</summary>
    public string? EngineText { get; init; }

    /// <summary>The model or data set that failed: the table itself, or what it is made from.</summary>
    public string? FailedOrigin { get; init; }

    /// <summary>The loads whose rows may be the cause.</summary>
    public long[] SuspectedLoads { get; init; } = [];

    /// <summary>Loads of the version that are not in the table: it failed, or waits.</summary>
    public long[] MissingLoads { get; init; } = [];

    /// <summary>Loads that were withdrawn and are in the table still.</summary>
    public long[] WithdrawnLoads { get; init; } = [];

    /// <summary>The schema of the table that has the rows, which may show those of other versions too; null without rows.</summary>
    public string? RowsSchema { get; init; }

    /// <summary>Which version's rows of that table these are.</summary>
    public int RowsVersion { get; init; }

    /// <summary>Whether that table has rows of later versions too, because somebody went back from them. Then it is not changed any more, only shown.</summary>
    public bool HasLaterRows { get; init; }
}

/// <summary>How a table of a version came to be.</summary>
public static class TableStates
{
    /// <summary>Computed from the version's loads.</summary>
    public const string Fresh = "fresh";

    /// <summary>It failed: the version has the last good one.</summary>
    public const string Stale = "stale";

    /// <summary>It is made on a schedule: the version has it as it was before, from the loads of then, or not at all yet.</summary>
    public const string Waiting = "waiting";

    /// <summary>It failed, and there never was a good one: the version is without it.</summary>
    public const string Absent = "absent";
}

internal sealed class VersionTableConfiguration : IEntityTypeConfiguration<VersionTableEntity>
{
    public void Configure(EntityTypeBuilder<VersionTableEntity> builder)
    {
        builder.ToTable("version_tables", LakeCatalog.InsightsSchema);
        builder.HasKey(table => new { table.Version, table.Name });
        builder.Property(table => table.About).HasColumnType("jsonb");
        builder.Property(table => table.State).HasDefaultValue(TableStates.Fresh);
        builder.Property(table => table.SuspectedLoads).HasDefaultValueSql("'{}'");
        builder.Property(table => table.MissingLoads).HasDefaultValueSql("'{}'");
        builder.Property(table => table.WithdrawnLoads).HasDefaultValueSql("'{}'");
    }
}
