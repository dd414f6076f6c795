using System.Globalization;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Rebuilding;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks.DailyLoads;

/// <summary>S4: day after day, one day's transactions from the upload to the API serving them.</summary>
internal sealed class DailyLoad(FullRebuild rebuild) : IScenario
{
    private const int LastDay = 711;
    private const int WarmUps = 3;
    private const int Uploads = 22;
    private const double SecondsBar = 1.0;
    private const double RatioBar = 0.2;
    private const double Share = 0.95;

    public string Id => "S4";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        var load = LoadAverage.Read()[0];
        var full = workbench.Measured.GetValueOrDefault(rebuild.Id) ?? await rebuild.RunAsync(workbench, scale, cancellationToken);
        await workbench.DisposeAsync();
        var lastBase = LastDay - WarmUps - Uploads;
        await using var stack = await FullStack.StartAsync(workbench.Journeys, scale, lastBase, cancellationToken);
        List<double> values = [];
        List<long> lines = [];
        List<double[]> stages = [];
        for (var day = lastBase + 1; day <= LastDay; day++)
        {
            var (loaded, seconds) = await DayUpload.UntilVisibleAsync(stack, workbench.Journeys, scale, day, cancellationToken);
            lines.Add(loaded.Loaded);
            if (day > lastBase + WarmUps)
            {
                values.Add(seconds);
                stages.Add(await StagesAsync(stack.Stack, loaded.Id, cancellationToken));
            }
        }

        await Console.Out.WriteLineAsync();
        var p95 = Statistics.Percentile(values, Share);
        return new ScenarioResult(
            Id,
            $"one day's transactions ({lines.Average():#,0} lines): upload → visible in the API",
            [
                new Measure(
                    "upload → version with the load",
                    Measure.Seconds,
                    "HTTP with an API key, the load, the message, the gathering window (none after a run with a single load), the run, publishing, the API's switch; looked for every 10 ms",
                    "nothing",
                    values,
                    Rows: (long)lines.Average()),
            ],
            [
                Verdict.AtMost($"95th percentile of {Uploads} uploads", p95, SecondsBar, Verdict.Seconds),
                Verdict.AtMost("95th percentile against a full rebuild (S3)", p95 / full.Sides[0].Median, RatioBar, Verdict.Ratio),
            ],
            [$"The lake held days 1 to {lastBase} in one load; each day after it came as a load of its own.", Where(stages)],
            [load, LoadAverage.Read()[0]]);
    }

    /// <summary>Seconds of the load, from its end to the start of its run, and of the run: by the database's clock.</summary>
    private static async Task<double[]> StagesAsync(BenchmarkStack stack, long load, CancellationToken cancellationToken)
    {
        var stages = await stack.QueryAsync(
            $"""
            select array[
                extract(epoch from loads.completed_at - loads.received_at)::float8,
                extract(epoch from runs.started_at - loads.completed_at)::float8,
                extract(epoch from runs.finished_at - runs.started_at)::float8]
            from catalog.loads as loads
            join catalog.runs as runs on runs.version = (select min(version) from insights.version_loads where load_id = loads.id)
            where loads.id = {load}
            """,
            cancellationToken);
        return stages as double[] ?? throw new InvalidOperationException($"Load {load} has no run.");
    }

    private static string Where(List<double[]> stages)
    {
        var medians = Enumerable.Range(0, stages[0].Length).Select(stage => Statistics.Median([.. stages.Select(values => values[stage])])).ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Medians: the load {medians[0]:0.00} s, from its end to the start of the run {medians[1]:0.00} s, the run {medians[2]:0.00} s; the rest is the API's switch.");
    }
}
