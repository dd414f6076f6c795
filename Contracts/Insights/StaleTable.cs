namespace Dunnhumby.Contracts.Insights;

/// <summary>A derived table that could not be computed from all of a version's loads.</summary>
/// <param name="Name">As in <c>GET /tables/{name}</c>.</param>
/// <param name="Subject">What its figures are about, in words.</param>
/// <param name="IsAbsent">It has never been computed: there are no figures. Otherwise the last good ones are served.</param>
/// <param name="ComputedVersion">The version that the served figures were computed for; null when absent.</param>
/// <param name="ComputedAt">When that version was published; null when absent.</param>
/// <param name="Since">Since when it cannot be computed.</param>
/// <param name="Reason">Why, in whole sentences.</param>
/// <param name="EngineText">What the engine said, for an engineer.</param>
/// <param name="SuspectedLoads">The loads whose rows may be the cause: withdraw or mend them.</param>
/// <param name="MissingLoads">Loads whose rows are not in the figures.</param>
/// <param name="WithdrawnLoads">Withdrawn loads whose rows are in the figures still.</param>
public sealed record StaleTable(
    string Name,
    string Subject,
    bool IsAbsent,
    int? ComputedVersion,
    DateTimeOffset? ComputedAt,
    DateTimeOffset Since,
    string Reason,
    string EngineText,
    IReadOnlyList<long> SuspectedLoads,
    IReadOnlyList<long> MissingLoads,
    IReadOnlyList<long> WithdrawnLoads);
