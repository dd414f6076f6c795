namespace Dunnhumby.Contracts.Runs;

/// <summary>A run of the transform worker, as its <c>GET /runs</c> shows it.</summary>
/// <param name="State">pending, running, published, partial (some tables failed), unchanged, failed or cancelled.</param>
/// <param name="Reason">What asked for it first.</param>
/// <param name="Attempt">1, and one more for each time it is the retry of a failed run.</param>
/// <param name="Version">The version it published; null otherwise.</param>
/// <param name="Error">Why it, or some of its tables, failed, in whole sentences; null otherwise.</param>
/// <param name="TraceId">The W3C trace id of what asked for it first and of the run itself; null when not traced.</param>
public sealed record Run(
    long Id,
    string State,
    string Reason,
    int Attempt,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    int? Version,
    string? Error,
    string? TraceId)
{
    /// <summary>Who asked for it by hand: a key's scopes and fingerprint, never the key, or a person's name and id; null when a load, a withdrawal or the schedule did.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>The models that were asked for by hand: it makes them whole, even if no input changed.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Who cancelled it, as in <see cref="RequestedBy"/>; null when nobody did.</summary>
    public string? CancelledBy { get; init; }

    /// <summary>What the engine, the database or a test said; null when nothing failed.</summary>
    public string? EngineText { get; init; }

    /// <summary>The derived tables that failed; none when nothing did, or the run as a whole.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The loads whose rows may be the cause: withdraw or mend them.</summary>
    public IReadOnlyList<long> Loads { get; init; } = [];

    /// <summary>What it did for each model, in order; only <c>GET /runs/{id}</c> says it, and only of a run that made tables and ended.</summary>
    public IReadOnlyList<RunStep> Steps { get; init; } = [];

    /// <summary>The most that the engine held in memory after a model; a model may have needed more while it was made. Null where no step says it.</summary>
    public long? PeakMemoryBytes { get; init; }
}

/// <summary>What a run did for a model.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Kind">none (no input changed), part (only what changed rows of the inputs touch) or whole.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Removed">The number of rows that went; null when that was not compared.</param>
/// <param name="Added">The number of rows that came; a row that changed is one that went and one that came.</param>
/// <param name="Because">The inputs that changed; none when everything was made anew, or the model was asked for by hand.</param>
public sealed record RunStep(string Model, string Kind, double Seconds, long? Removed, long? Added, IReadOnlyList<string> Because)
{
    /// <summary>How many rows its table has then; null when it was not made, or the record is of a version of the service that did not count.</summary>
    public long? Rows { get; init; }

    /// <summary>
    /// What the engine held in memory when it was made, tables and buffers together; in a run that refreshed tables, when all of them were. Null like <see cref="Rows"/>.
    /// </summary>
    public long? MemoryBytes { get; init; }
}

/// <summary>A time at which a run is asked for, as the transform worker's <c>GET /schedules</c> shows it.</summary>
/// <param name="Cron">Quartz's cron expression.</param>
/// <param name="TimeZone">In which it is read.</param>
/// <param name="Models">The tables that are made then, if loads came or went since they were made.</param>
/// <param name="IsRegular">Whether a run is asked for in any case: it makes up for whatever was overlooked.</param>
/// <param name="LastAt">When it was last; null before the first time.</param>
/// <param name="NextAt">When it is next; null while the worker starts.</param>
public sealed record Schedule(string Cron, string TimeZone, IReadOnlyList<string> Models, bool IsRegular, DateTimeOffset? LastAt, DateTimeOffset? NextAt);

/// <summary>How a run made a model.</summary>
public static class RunStepKinds
{
    /// <summary>No input changed: it stays as it was.</summary>
    public const string None = "none";

    /// <summary>Only the parts that changed rows of the inputs are in.</summary>
    public const string Part = "part";

    /// <summary>All of it.</summary>
    public const string Whole = "whole";
}
