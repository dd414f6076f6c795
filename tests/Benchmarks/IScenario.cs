using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks;

/// <summary>One row of the speed table.</summary>
internal interface IScenario
{
    /// <summary>S1 to S9, and J for the journey of a new user.</summary>
    public string Id { get; }

    /// <summary>Measures at a scale.</summary>
    public Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken);
}
