using System.Diagnostics;
using Dunnhumby.Benchmarks.Answers;
using Dunnhumby.Benchmarks.CommandLine;
using Dunnhumby.Benchmarks.DailyLoads;
using Dunnhumby.Benchmarks.Endpoints;
using Dunnhumby.Benchmarks.Loading;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Models;
using Dunnhumby.Benchmarks.Pages;
using Dunnhumby.Benchmarks.Rebuilding;
using Dunnhumby.Benchmarks.Report;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Starting;

namespace Dunnhumby.Benchmarks;

/// <summary>Runs the chosen scenarios, prints what they measured and writes results.json.</summary>
internal static class BenchmarkCommand
{
    private static readonly double[] GrowthScales = [0.1, 0.3, 1.0, 3.0];

    /// <returns>The exit code: 1 when a scenario could not be measured, or a bar is missed and that is asked for.</returns>
    internal static async Task<int> RunAsync(BenchmarkArguments arguments, CancellationToken cancellationToken)
    {
        var (started, startedAt, loadBefore) = (Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow, LoadAverage.Read());
        var machine = await Machine.ReadAsync(cancellationToken);
        ConsoleTable.Machine(machine, loadBefore);
        var rebuild = new FullRebuild();
        IReadOnlyList<IScenario> all = [new TransactionsLoad(), new CausalLoad(), rebuild, new DailyLoad(rebuild), new YearOfLoads(), new AnswerRates(), new EndpointReads(), new ModelQueries(), new StackStart(), new FirstJourney(), new PageLoads()];
        var chosen = all.Where(scenario => arguments.Scenarios.Contains(scenario.Id, StringComparer.Ordinal)).ToList();
        await using var workbench = new Workbench(arguments.Settings);

        Dictionary<string, string> failures = new(StringComparer.Ordinal);
        var path = Path.Combine(arguments.Out, "results.json");

        // These take the shared stack down: what reads it goes first.
        foreach (var scenario in chosen.OrderBy(scenario => scenario is DailyLoad or YearOfLoads or StackStart or FirstJourney))
        {
            Console.WriteLine($"{Environment.NewLine}{scenario.Id} …");
            try
            {
                var result = await scenario.RunAsync(workbench, arguments.Settings.Scale, cancellationToken);
                workbench.Measured[scenario.Id] = result;
                ConsoleTable.Scenario(result);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // What the others measured took a quarter of an hour: it is not thrown away.
                failures[scenario.Id] = failure.Message;
                await Console.Error.WriteLineAsync($"{scenario.Id} failed: {failure}");
            }

            // Written after each, for a run that is ended early.
            ResultsFile.Write(Results(growth: []), path);
        }

        var growth = arguments.Growth ? await GrowthAsync(workbench, [.. chosen.Where(scenario => !failures.ContainsKey(scenario.Id))], cancellationToken) : [];
        var results = Results(growth);
        ResultsFile.Write(results, path);
        ConsoleTable.End(results, path);
        return failures.Count > 0 || (arguments.Strict && !results.Holds) ? 1 : 0;

        BenchmarkResults Results(IReadOnlyList<GrowthResult> growth) => new(
            BenchmarkResults.CurrentSchema,
            startedAt,
            Stopwatch.GetElapsedTime(started).TotalMinutes,
            arguments.Settings,
            machine,
            loadBefore,
            LoadAverage.Read(),
            [.. chosen.Select(scenario => workbench.Measured.GetValueOrDefault(scenario.Id)).OfType<ScenarioResult>()],
            growth)
        {
            Failures = failures,
        };
    }

    /// <summary>S1 and S3 at four scales; what was measured at the run's own scale is not measured again.</summary>
    private static async Task<IReadOnlyList<GrowthResult>> GrowthAsync(Workbench workbench, IReadOnlyList<IScenario> chosen, CancellationToken cancellationToken)
    {
        List<GrowthResult> growth = [];
        foreach (var scenario in chosen.Where(scenario => scenario is TransactionsLoad or FullRebuild))
        {
            List<(double Scale, ScenarioResult Result)> measured = [];
            foreach (var scale in GrowthScales)
            {
                Console.WriteLine($"{Environment.NewLine}{scenario.Id} at scale {scale} …");
                var result = scale.Equals(workbench.Settings.Scale) ? workbench.Measured[scenario.Id] : await scenario.RunAsync(workbench, scale, cancellationToken);
                measured.Add((scale, result));
            }

            for (var side = 0; side < 2; side++)
            {
                growth.Add(new GrowthResult(
                    scenario.Id,
                    measured[0].Result.Sides[side].Name,
                    [.. measured.Select(point => new GrowthPoint(point.Scale, point.Result.Sides[0].Rows ?? 0, point.Result.Sides[side].Median))]));
            }
        }

        ConsoleTable.Growth(growth);
        return growth;
    }
}
