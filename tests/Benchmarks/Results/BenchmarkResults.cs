namespace Dunnhumby.Benchmarks.Results;

/// <summary>The content of results.json.</summary>
/// <param name="Schema">Version of this shape; a reader refuses one that it does not know.</param>
/// <param name="LoadBefore">The machine's load averages over 1, 5 and 15 minutes when the program began.</param>
/// <param name="LoadAfter">The same when it ended; the program itself is a part of it.</param>
internal sealed record BenchmarkResults(
    int Schema,
    DateTimeOffset StartedAt,
    double Minutes,
    BenchmarkSettings Settings,
    MachineFacts Machine,
    IReadOnlyList<double> LoadBefore,
    IReadOnlyList<double> LoadAfter,
    IReadOnlyList<ScenarioResult> Scenarios,
    IReadOnlyList<GrowthResult> Growth)
{
    internal const int CurrentSchema = 1;

    /// <summary>By the id of each scenario that could not be measured, why.</summary>
    public IReadOnlyDictionary<string, string> Failures { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether every chosen scenario was measured and every bar holds.</summary>
    internal bool Holds => Failures.Count == 0 && Scenarios.All(scenario => scenario.Holds);
}
