using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks.Report;

/// <summary>The reference project's way into the database, pandas <c>to_sql</c>: 0.17 ms a row as measured; its ETL takes 28 s and 3 GB.</summary>
internal static class ReferenceProject
{
    private const double SecondsPerRow = 0.00017;

    /// <summary>For each load that was measured: the work, the reference's seconds for as many rows, and ours.</summary>
    internal static IReadOnlyList<(string Name, double Reference, double Ours)> Compare(BenchmarkResults results) =>
    [
        .. results.Scenarios
            .Where(scenario => scenario.Id is "S1" or "S2" && scenario.Sides[0].Rows is > 0)
            .Select(scenario => (
                scenario.Id is "S1" ? "transactions" : "promotion rows",
                (scenario.Sides[0].Rows ?? 0) * SecondsPerRow,
                scenario.Sides[0].Median)),
    ];
}
