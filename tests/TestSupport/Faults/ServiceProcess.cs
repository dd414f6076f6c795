using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.TestSupport.Faults;

/// <summary>A service as a process of its own, which can be killed and stopped.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    /// <summary>The key that its client sends.</summary>
    public const string Key = "key-of-fault-tests-0123456789-abcdef";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ServiceProcess(ProcessStartInfo start, Uri address)
    {
        Client = new HttpClient { BaseAddress = address, Timeout = Limit, DefaultRequestHeaders = { { "X-Api-Key", Key } } };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Calls it, with a key that may do everything.</summary>
    public HttpClient Client { get; }

    /// <summary>What it has written so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Whether the process is there; a stopped one is.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>The most memory that it has had, as Linux counts it.</summary>
    public long PeakBytes => 1_024 * long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))["VmHWM:".Length..^"kB".Length].Trim(),
        CultureInfo.InvariantCulture);

    /// <summary>Starts a service and waits until it answers.</summary>
    /// <param name="project">Its folder, for example <c>Ingestion.Service</c>.</param>
    /// <param name="environment">More of its environment.</param>
    public static async Task<ServiceProcess> StartAsync(string project, IReadOnlyDictionary<string, string> environment)
    {
        // bin/{configuration}/{framework}: the service was built beside the tests.
        var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        var folder = Path.Combine([Repository.Root, project, "bin", .. parts[^2..]]);
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}");
        var start = new ProcessStartInfo(Path.Combine(folder, $"Dunnhumby.{project}")) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["ApiKeys__Admin"] = Key;
        start.Environment["Signing__Secret"] = "signing-secret-of-fault-tests-0123456";
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(FaultPoint).Assembly.Location;
        start.Environment["DOTNET_SHUTDOWNTIMEOUTSECONDS"] = "5";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(start, address);
        await Eventually.TrueAsync(service.AnswersAsync, otherwise: () => service.Output);
        return service;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>SIGSTOP: it stands still, and holds what it has.</summary>
    public Task PauseAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on.</summary>
    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>Waits until the process is gone; gives its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Limit);
        return _process.ExitCode;
    }

    /// <summary>Kills it, if it is still there.</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        if (!IsRunning)
        {
            throw new InvalidOperationException($"The service ended:\n{Output}");
        }

        try
        {
            using var response = await Client.GetAsync(new Uri("/alive", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
