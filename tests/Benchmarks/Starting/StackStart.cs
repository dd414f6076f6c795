using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks.Starting;

/// <summary>S6: the command that users type, from its start until every resource is healthy, on data directories that exist already; and what the idle stack takes of memory.</summary>
internal sealed class StackStart : IScenario
{
    private const double Bar = 25;

    /// <summary>What starting took is given back by then.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);

    public string Id => "S6";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        await workbench.DisposeAsync();
        var load = LoadAverage.Read()[0];
        var data = Directory.CreateTempSubdirectory("dunnhumby-benchmark-start-").FullName;
        List<double> seconds = [];
        var idle = 0L;
        try
        {
            for (var start = 0; start <= workbench.Settings.Runs; start++)
            {
                await using var host = await RunningAppHost.StartAsync(data, Builds.Configuration, cancellationToken);
                seconds.Add(host.StartSeconds);
                if (start == workbench.Settings.Runs)
                {
                    await Task.Delay(Settle, cancellationToken);
                    idle = host.MemoryBytes();
                }

                await Console.Out.WriteAsync('.');
            }
        }
        finally
        {
            RunningAppHost.DeleteData(data);
        }

        await Console.Out.WriteLineAsync();
        var later = seconds[1..];
        return new ScenarioResult(
            Id,
            "dotnet run --project AppHost --no-build → all healthy, later starts",
            [
                new Measure("later starts", Measure.Seconds, "the command from start to its line that all resources are healthy: Postgres, RabbitMQ, migrations, four services", "building", later),
                new Measure("first start", Measure.Seconds, "the same on an empty data directory", "building", [seconds[0]]),
            ],
            [Verdict.AtMost("median of the later starts", Statistics.Median(later), Bar, Verdict.Seconds)],
            [
                FormattableString.Invariant(
                    $"The whole idle stack takes {idle / 1e6:#,0} MB, {Settle.TotalSeconds:0} s after its start: the AppHost, Aspire's engine and dashboard, native Postgres and RabbitMQ, four services (proportional set size: pages that processes share are counted once)."),
            ],
            [load, LoadAverage.Read()[0]]);
    }
}
