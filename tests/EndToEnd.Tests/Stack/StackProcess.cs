using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.EndToEnd.Tests.Stack;

/// <summary>The AppHost as its users start it, on free ports and with a data directory of its own.</summary>
internal sealed partial class StackProcess : IAsyncDisposable
{
    internal const string IngestKey = "end-to-end-ingest-key";
    internal const string ReadKey = "end-to-end-read-key";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StackProcess(Process process) => _process = process;

    internal Uri Dashboard => _addresses["dashboard"];

    internal Uri Ingestion => _addresses["ingestion"];

    internal Uri Insights => _addresses["insights"];

    /// <summary>Of the AppHost's own dashboard, with the token that logs a browser in.</summary>
    internal Uri AppHostLogin { get; private set; } = new("about:blank");

    /// <summary>The AppHost's own dashboard.</summary>
    internal Uri AppHostDashboard => new(AppHostLogin.GetLeftPart(UriPartial.Authority));

    /// <summary>Everything the AppHost printed so far.</summary>
    internal string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts the stack and waits until every resource is healthy.</summary>
    internal static async Task<StackProcess> StartAsync(string dataDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(AppHostProgram(), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        start.Environment["DataDirectory"] = dataDirectory;
        start.Environment["DcpPublisher__RandomizePorts"] = "true";
        start.Environment["Parameters__ingest-key"] = IngestKey;
        start.Environment["Parameters__read-key"] = ReadKey;

        var stack = new StackProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        await stack.LaunchAsync();
        return stack;
    }

    /// <summary>Ctrl-C, and waits until the AppHost is gone.</summary>
    internal async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(StopLimit);
    }

    /// <summary>SIGKILL: the AppHost has no chance to clean up.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(StopLimit);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                await InterruptAsync();
            }
        }
        finally
        {
            // Whatever went wrong, no stack outlives its test.
            _process.Kill();
            _process.Dispose();
        }
    }

    private async Task LaunchAsync()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _healthy.TrySetException(new InvalidOperationException("The AppHost ended before it was healthy."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await _healthy.Task.WaitAsync(StartLimit);
        }
        catch (Exception problem) when (problem is TimeoutException or InvalidOperationException)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"{problem.Message} It printed:{Environment.NewLine}{Output}", problem);
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (AddressLine().Match(line) is { Success: true } address)
        {
            _addresses[address.Groups["name"].Value] = new Uri(address.Groups["url"].Value);
        }

        if (LoginLine().Match(line) is { Success: true } login)
        {
            AppHostLogin = new Uri(login.Groups["url"].Value);
        }

        if (line.Contains("All resources are healthy.", StringComparison.Ordinal))
        {
            _healthy.TrySetResult();
        }
    }

    /// <summary>Built with this test project, in the same configuration.</summary>
    private static string AppHostProgram()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";
        return Path.Combine(Repository.Root, "AppHost", "bin", configuration, "net10.0", "Dunnhumby.AppHost");
    }

    [GeneratedRegex(@"^\W*(?<name>[a-z]+): (?<url>http://\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AddressLine();

    [GeneratedRegex(@"Login to the dashboard at (?<url>http://\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoginLine();
}
