using System.Diagnostics;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.TestSupport.Processes;

namespace Dunnhumby.Benchmarks.Starting;

/// <summary>S6: the command that users type, from its start until every resource is healthy, on data directories that exist already.</summary>
internal sealed class StackStart : IScenario
{
    private const string Healthy = "All resources are healthy.";
    private const double Bar = 20;

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    public string Id => "S6";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        await workbench.DisposeAsync();
        var load = LoadAverage.Read()[0];
        var data = Directory.CreateTempSubdirectory("dunnhumby-benchmark-start-").FullName;
        List<double> seconds = [];
        try
        {
            for (var start = 0; start <= workbench.Settings.Runs; start++)
            {
                seconds.Add(await StartAsync(data, cancellationToken));
                await Console.Out.WriteAsync('.');
            }
        }
        finally
        {
            DeleteData(data);
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
            [],
            [load, LoadAverage.Read()[0]]);
    }

    private static async Task<double> StartAsync(string data, CancellationToken cancellationToken)
    {
        var healthy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet", ["run", "--project", "AppHost", "--no-build", "-c", Builds.Configuration]) { WorkingDirectory = Builds.Root };
        start.Environment["DataDirectory"] = data;
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        var started = Stopwatch.GetTimestamp();
        await using var process = ChildProcess.Start(start, line =>
        {
            if (line.Contains(Healthy, StringComparison.Ordinal))
            {
                healthy.TrySetResult();
            }
        });
        try
        {
            var first = await Task.WhenAny(healthy.Task, process.Exited).WaitAsync(StartLimit, cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return first == healthy.Task ? seconds : throw new InvalidOperationException($"The AppHost ended before it was healthy: {process.Output}");
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException($"Not healthy within {StartLimit}: {process.Output}", late);
        }
        finally
        {
            await process.StopAsync("INT");
        }
    }

    /// <summary>A server's real directory may be elsewhere, behind a link.</summary>
    private static void DeleteData(string data)
    {
        var volumes = new DirectoryInfo(Path.Combine(data, "volumes"));
        foreach (var target in volumes.Exists ? volumes.EnumerateFileSystemInfos().Select(volume => volume.LinkTarget).OfType<string>().Where(Directory.Exists) : [])
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.Delete(data, recursive: true);
    }
}
