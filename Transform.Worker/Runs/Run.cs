namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>A run as <c>GET /runs</c> shows it.</summary>
/// <param name="State">pending, running, published, unchanged or failed.</param>
/// <param name="Reason">What asked for it first.</param>
/// <param name="Attempt">1, and one more for each time it is the retry of a failed run.</param>
/// <param name="Version">The version it published; null otherwise.</param>
/// <param name="Error">Why it failed; null otherwise.</param>
internal sealed record Run(
    long Id,
    string State,
    string Reason,
    int Attempt,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    int? Version,
    string? Error);
