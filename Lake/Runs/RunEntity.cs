namespace Dunnhumby.Lake.Runs;

/// <summary>A transform run: a row of <c>catalog.runs</c>. At most one is pending and at most one is running.</summary>
public sealed class RunEntity
{
    public long Id { get; init; }
    public required string State { get; set; }

    /// <summary>Why it was asked for, for example <c>load 12</c> or <c>schedule</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>Who asked for it by hand: a key's scopes and fingerprint, or a person's name and id; null when a load, a withdrawal or the schedule did.</summary>
    public string? RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When the latest request joined it: the gathering window counts from here.</summary>
    public required DateTimeOffset LastRequestedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

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

    /// <summary>W3C trace context of the first request, so that an upload and its run are one trace.</summary>
    public string? TraceParent { get; init; }
}
