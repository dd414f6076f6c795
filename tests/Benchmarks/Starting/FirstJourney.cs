using System.Diagnostics;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Benchmarks.Starting;

/// <summary>J: what a new user waits for. All eight files go one after the other to a stack that the README's command started, until the insights of all are published.</summary>
internal sealed class FirstJourney : IScenario
{
    private const double Bar = 20;
    private const string AsUsersGetIt = "Debug";

    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(5);

    public string Id => "J";

    public async Task<ScenarioResult> RunAsync(Workbench workbench, double scale, CancellationToken cancellationToken)
    {
        await workbench.DisposeAsync();
        var load = LoadAverage.Read()[0];
        List<(string Dataset, string Path)> files = [];
        foreach (var dataset in DatasetNames.All)
        {
            files.Add((dataset, await workbench.Journeys.FileAsync(dataset, scale, days: null, cancellationToken)));
        }

        var sides = new Dictionary<string, (List<double> Uploaded, List<double> Published)>(StringComparer.Ordinal)
        {
            [AsUsersGetIt] = ([], []),
            ["Release"] = ([], []),
        };
        foreach (var configuration in sides.Keys)
        {
            await BuildAsync(configuration, cancellationToken);
        }

        for (var run = 0; run < workbench.Settings.Runs; run++)
        {
            foreach (var (configuration, (uploaded, published)) in sides)
            {
                var (upload, publish) = await TravelAsync(files, configuration, cancellationToken);
                uploaded.Add(upload);
                published.Add(publish);
                await Console.Out.WriteAsync('.');
            }
        }

        await Console.Out.WriteLineAsync();
        const string Includes = "eight uploads over HTTP, one after the other, to a stack that nobody used before, with telemetry";
        const string LeavesOut = "starting the stack; the files are in the page cache";
        return new ScenarioResult(
            Id,
            FormattableString.Invariant($"eight files ({files.Sum(file => new FileInfo(file.Path).Length) / 1e6:#,0} MB) → insights published, with the README's command"),
            [
                .. sides.SelectMany(side => (Measure[])
                [
                    new Measure($"{side.Key} build, until published", Measure.Seconds, $"{Includes}, until the API serves a version of all eight loads", LeavesOut, side.Value.Published),
                    new Measure($"{side.Key} build, until uploaded", Measure.Seconds, Includes, LeavesOut, side.Value.Uploaded),
                ]),
            ],
            [Verdict.AtMost("median until published, as users get it (Debug)", Statistics.Median(sides[AsUsersGetIt].Published), Bar, Verdict.Seconds)],
            [],
            [load, LoadAverage.Read()[0]]);
    }

    private static async Task<(double Uploaded, double Published)> TravelAsync(
        IReadOnlyList<(string Dataset, string Path)> files, string configuration, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("dunnhumby-benchmark-journey-").FullName;
        try
        {
            await using var host = await RunningAppHost.StartAsync(data, configuration, cancellationToken);
            using var client = new StackClient(host.AddressOf("ingestion"), host.AddressOf("insights"));
            List<long> loads = [];
            var started = Stopwatch.GetTimestamp();
            foreach (var (dataset, path) in files)
            {
                loads.Add((await client.UploadAsync(dataset, path, cancellationToken)).Load.Id);
            }

            var uploaded = Stopwatch.GetElapsedTime(started).TotalSeconds;
            foreach (var id in loads)
            {
                await client.WaitUntilVisibleAsync(id, PublishLimit, cancellationToken);
            }

            return (uploaded, Stopwatch.GetElapsedTime(started).TotalSeconds);
        }
        finally
        {
            RunningAppHost.DeleteData(data);
        }
    }

    private static async Task BuildAsync(string configuration, CancellationToken cancellationToken)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", "AppHost", "-c", configuration, "-v", "q", "-nologo"]) { WorkingDirectory = Builds.Root });
        await build!.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"The AppHost could not be built as {configuration}.");
        }
    }
}
