namespace Dunnhumby.Contracts.Insights;

/// <summary>What one of the eight tables points at in another, and its rows that point at nothing there.</summary>
/// <param name="Dataset">The data set whose rows point.</param>
/// <param name="Columns">The columns that point, as in the original files.</param>
/// <param name="Target">The data set pointed at.</param>
/// <param name="IsTargetLoaded">Whether there is anything to point at: otherwise nothing is counted.</param>
/// <param name="Rows">Rows that point at nothing; null when nothing is counted.</param>
/// <param name="Keys">The different things that they point at; null when nothing is counted.</param>
/// <param name="Examples">The keys with the most rows, at most ten.</param>
/// <param name="Loads">The loads that the rows are of.</param>
public sealed record OrphanReference(
    string Dataset,
    string Columns,
    string Target,
    bool IsTargetLoaded,
    long? Rows,
    long? Keys,
    IReadOnlyList<OrphanKey> Examples,
    IReadOnlyList<OrphanLoad> Loads);
