using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.TestSupport.Processes;

namespace Dunnhumby.Benchmarks.Starting;

/// <summary>The AppHost as its users start it: <c>dotnet run --project AppHost</c>, on free ports and a data directory of its own.</summary>
internal sealed partial class RunningAppHost : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly ChildProcess _process;
    private readonly string _data;

    private RunningAppHost(ChildProcess process, string data)
    {
        _process = process;
        _data = data;
    }

    /// <summary>From the command until every resource was healthy.</summary>
    internal double StartSeconds { get; private set; }

    /// <summary>Starts it and waits for its line that all resources are healthy.</summary>
    /// <param name="configuration">Debug, as users get it, or Release; it must have been built.</param>
    internal static async Task<RunningAppHost> StartAsync(string data, string configuration, CancellationToken cancellationToken)
    {
        var healthy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet", ["run", "--project", "AppHost", "--no-build", "-c", configuration]) { WorkingDirectory = Builds.Root };
        start.Environment["DataDirectory"] = data;
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        start.Environment["Parameters__ingest-key"] = BenchmarkStack.IngestKey;
        start.Environment["Parameters__read-key"] = BenchmarkStack.ReadKey;
        var started = Stopwatch.GetTimestamp();
        var process = ChildProcess.Start(start, line =>
        {
            if (line.Contains("All resources are healthy.", StringComparison.Ordinal))
            {
                healthy.TrySetResult();
            }
        });
        var host = new RunningAppHost(process, data);
        try
        {
            var first = await Task.WhenAny(healthy.Task, process.Exited).WaitAsync(StartLimit, cancellationToken);
            host.StartSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return first == healthy.Task ? host : throw new InvalidOperationException($"The AppHost ended before it was healthy: {process.Output}");
        }
        catch (Exception failure)
        {
            await host.DisposeAsync();
            throw failure is TimeoutException ? new InvalidOperationException($"Not healthy within {StartLimit}: {process.Output}", failure) : failure;
        }
    }

    /// <summary>Where a resource listens, as printed when all was healthy.</summary>
    internal Uri AddressOf(string resource) =>
        new(AddressLine().Matches(_process.Output).First(match => string.Equals(match.Groups["name"].Value, resource, StringComparison.Ordinal)).Groups["url"].Value);

    /// <summary>
    /// Memory of everything that runs for this stack, shared pages counted once (proportional set size): the AppHost, Aspire's engine and dashboard, servers and services.
    /// </summary>
    internal long MemoryBytes() => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _) && Mentions(folder))
        .Sum(folder => Read(Path.Combine(folder, "smaps_rollup")).Split('\n')
            .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1_024));

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync();
        await _process.DisposeAsync();
    }

    /// <summary>Deletes a data directory. A server's real directory may be elsewhere, behind a link.</summary>
    internal static void DeleteData(string data)
    {
        var volumes = new DirectoryInfo(Path.Combine(data, "volumes"));
        foreach (var target in volumes.Exists ? volumes.EnumerateFileSystemInfos().Select(volume => volume.LinkTarget).OfType<string>().Where(Directory.Exists) : [])
        {
            Directory.Delete(target, recursive: true);
        }

        Directory.Delete(data, recursive: true);
    }

    /// <summary>Everything that the stack starts inherits the name of its data directory.</summary>
    private bool Mentions(string process) =>
        Read(Path.Combine(process, "environ")).Contains(_data, StringComparison.Ordinal) || Read(Path.Combine(process, "cmdline")).Contains(_data, StringComparison.Ordinal);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"\b(?<name>[a-z]+): (?<url>http://localhost:\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AddressLine();
}
