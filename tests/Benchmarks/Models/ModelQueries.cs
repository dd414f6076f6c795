using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Peers;
using Dunnhumby.Benchmarks.Rebuilding;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks.Models;

/// <summary>S9: the two heaviest tables of the retail desk as a run makes them, each against its query alone.</summary>
internal sealed class ModelQueries : IScenario
{
    private static readonly IReadOnlyList<(string Model, double Bar)> Heavy = [("basket_affinity", 1.2), ("product_weekly", 1.5)];

    public string Id => "S9";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var full = await workbench.FullStackAsync(scale, cancellationToken);
        var files = Path.Combine(full.Stack.Folder, "lake-files.json");
        await LakeFiles.WriteAsync(full.Stack, files, cancellationToken);
        List<Measure> sides = [];
        List<Verdict> verdicts = [];
        foreach (var (model, bar) in Heavy)
        {
            var (ours, peer) = await Turns.TakeAsync(
                workbench.Settings.Runs,
                _ => Task.CompletedTask,
                _ => RemakeAsync(full.Stack, model, cancellationToken),
                async _ => (await PeerProcess.RunAsync(["model-query", files, model], cancellationToken)).Seconds,
                cancellationToken);
            sides.Add(new Measure(
                $"{model} in a run", Measure.Seconds, "the step of the table in a run that makes it whole: its query within the worker's limits of memory", "its inputs, its tests, publishing", ours));
            sides.Add(new Measure(
                $"{model}, its query alone", Measure.Seconds, "the same query over the same inputs, in a process of its own with DuckDB's defaults (all cores)", "starting the process; making the inputs", peer));
            verdicts.Add(Verdict.AtMost($"time of {model} against its query alone", Statistics.Median(ours) / Statistics.Median(peer), bar, Verdict.Ratio));
        }

        return new ScenarioResult(Id, $"heavy tables against their queries ({full.Lines:#,0} lines)", sides, verdicts, [], [load, LoadAverage.Read()[0]]);
    }

    /// <summary>Asks for a run that makes the model whole, as <c>POST /runs?model=</c> does, and gives the time of its step.</summary>
    private static async Task<double> RemakeAsync(BenchmarkStack stack, string model, CancellationToken cancellationToken)
    {
        var (id, _, _) = await RunWatch.RunAsync(stack, "models, asked for by hand", model, cancellationToken);
        return await stack.QueryAsync(
            $"""
            select (step ->> 'seconds')::float8
            from catalog.runs cross join jsonb_array_elements(steps) as step
            where id = {id} and step ->> 'model' = '{model}' and step ->> 'kind' = 'whole'
            """,
            cancellationToken) as double? ?? throw new InvalidOperationException($"The run {id} did not make {model}.");
    }
}
