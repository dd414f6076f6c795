namespace Dunnhumby.Contracts.Runs;

/// <summary>A run of the transform worker, as its <c>GET /runs</c> shows it.</summary>
/// <param name="State">pending, running, published, partial (some tables failed), unchanged or failed.</param>
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

    /// <summary>What the engine, the database or a test said; null when nothing failed.</summary>
    public string? EngineText { get; init; }

    /// <summary>The derived tables that failed; none when nothing did, or the run as a whole.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The loads whose rows may be the cause: withdraw or mend them.</summary>
    public IReadOnlyList<long> Loads { get; init; } = [];
}
