using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dunnhumby.Catalog.Runs;

/// <summary>A transform run: a row of <c>catalog.runs</c>. At most one is pending and at most one is running.</summary>
public sealed class RunEntity
{
    public long Id { get; init; }
    public required string State { get; set; }

    /// <summary>Why it was asked for, for example <c>load 12</c> or <c>schedule</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked for it by hand: a key's scopes and fingerprint, or a person's name and id; null when a load, a withdrawal or the schedule did.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>The models that were asked for by hand: it makes them whole, even if no input changed. None of a run that makes what changed, or everything.</summary>
    public string[] Models { get; init; } = [];

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the latest request joined it: the gathering window counts from here.</summary>
    public required DateTimeOffset LastRequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Who cancelled it, as in <see cref="RequestedBy"/>; null when nobody did.</summary>
    public string? CancelledBy { get; set; }

    /// <summary>The worker that holds the lease.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>After this another worker may take the run over.</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Grows each time a worker takes the run: a publisher with an older fence is refused.</summary>
    public long Fence { get; set; }

    /// <summary>1, and one more for each time it is the retry of a failed run.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>A retry waits until then, unless another request joins it; null otherwise.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>The version it published; null otherwise.</summary>
    public int? Version { get; set; }

    /// <summary>Why it failed, or some of its tables, in words for an analyst.</summary>
    public string? Error { get; set; }

    /// <summary>What the engine, the database or a test said; null when nothing failed.</summary>
    public string? EngineText { get; set; }

    /// <summary>The published tables that failed; none when the run failed as a whole.</summary>
    public string[] FailedTables { get; set; } = [];

    /// <summary>The loads whose rows may be the cause.</summary>
    public long[] SuspectedLoads { get; set; } = [];

    /// <summary>What it did with each table, as JSON: see <c>RunStep</c> of the contracts; null until it ends.</summary>
    public string? Steps { get; set; }

    /// <summary>W3C trace context of the first request, so that an upload and its run are one trace.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>The states of a transform run.</summary>
public static class RunStates
{
    /// <summary>Asked for; more requests join it until it starts.</summary>
    public const string Pending = "pending";

    /// <summary>A worker holds its lease.</summary>
    public const string Running = "running";

    /// <summary>It published a version.</summary>
    public const string Published = "published";

    /// <summary>
    /// Some tables failed. Its version has the last good ones in their place; without a version it found what the published one says already.
    /// </summary>
    public const string Partial = "partial";

    /// <summary>What it would publish is what readers have.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>It ended with an error; the published version stays.</summary>
    public const string Failed = "failed";

    /// <summary>Somebody ended it before it published; the published version stays.</summary>
    public const string Cancelled = "cancelled";
}

internal sealed class RunConfiguration : IEntityTypeConfiguration<RunEntity>
{
    public void Configure(EntityTypeBuilder<RunEntity> builder)
    {
        builder.ToTable("runs");
        builder.Property(run => run.Id).UseIdentityAlwaysColumn();
        builder.Property(run => run.Steps).HasColumnType("jsonb");
        builder.Property(run => run.Attempt).HasDefaultValue(1);
        builder.Property(run => run.Models).HasDefaultValueSql("'{}'");
        builder.Property(run => run.FailedTables).HasDefaultValueSql("'{}'");
        builder.Property(run => run.SuspectedLoads).HasDefaultValueSql("'{}'");
        builder.HasIndex(run => run.State)
            .IsUnique()
            .HasFilter($"state in ('{RunStates.Pending}', '{RunStates.Running}')")
            .HasDatabaseName("ux_runs_active");
    }
}
