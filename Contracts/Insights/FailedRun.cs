namespace Dunnhumby.Contracts.Insights;

/// <summary>A run that ended with an error after the served version was published, so that nothing newer is served.</summary>
/// <param name="Id">As in the transform service's <c>GET /runs/{id}</c>.</param>
/// <param name="FailedAt">When it ended.</param>
/// <param name="Reason">Why, in whole sentences.</param>
/// <param name="EngineText">What the engine or the database said; null when nothing.</param>
/// <param name="Loads">The loads that it should have added, or whose rows may be the cause.</param>
public sealed record FailedRun(long Id, DateTimeOffset FailedAt, string Reason, string? EngineText, IReadOnlyList<long> Loads);
