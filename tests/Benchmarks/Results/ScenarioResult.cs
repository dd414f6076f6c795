namespace Dunnhumby.Benchmarks.Results;

/// <summary>One row of the speed table, measured.</summary>
/// <param name="Id">S1 to S9.</param>
/// <param name="Title">The work, in a few words.</param>
/// <param name="Sides">Ours first, then the peer if there is one, then whatever else was timed.</param>
/// <param name="Verdicts">The bars and what was measured against them.</param>
/// <param name="Notes">What a reader must know to judge the figures.</param>
/// <param name="Load">The machine's load average over one minute before and after.</param>
internal sealed record ScenarioResult(
    string Id,
    string Title,
    IReadOnlyList<Measure> Sides,
    IReadOnlyList<Verdict> Verdicts,
    IReadOnlyList<string> Notes,
    IReadOnlyList<double> Load)
{
    /// <summary>Whether all of its bars hold.</summary>
    public bool Holds => Verdicts.All(verdict => verdict.Holds);
}
