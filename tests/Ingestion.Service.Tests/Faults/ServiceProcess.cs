using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>The service as a process of its own, which can be killed.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    internal const string Key = "ingest-key-of-fault-tests-0123456789";
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

    internal HttpClient Client { get; }

    internal string Output => string.Join('\n', _output);

    internal bool IsRunning => !_process.HasExited;

    /// <summary>The most memory that it has had, as Linux counts it.</summary>
    internal long PeakBytes => 1_024 * long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))["VmHWM:".Length..^"kB".Length].Trim(),
        CultureInfo.InvariantCulture);

    /// <summary>Starts the service and waits until it answers.</summary>
    internal static async Task<ServiceProcess> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        // bin/{configuration}/{framework}: the service was built beside the tests.
        var parts = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        var folder = Path.Combine([Repository.Root, "Ingestion.Service", "bin", .. parts[^2..]]);
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}");
        var start = new ProcessStartInfo(Path.Combine(folder, "Dunnhumby.Ingestion.Service")) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = address.ToString();
        start.Environment["ApiKeys__Ingest"] = Key;
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
    internal async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    /// <summary>SIGTERM; gives the exit code.</summary>
    internal async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    /// <summary>Waits until the process is gone; gives its exit code.</summary>
    internal async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Limit);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync();
        }

        _process.Dispose();
        Client.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        if (!IsRunning)
        {
            throw new InvalidOperationException($"The service ended:\n{Output}");
        }

        try
        {
            using var response = await Client.GetAsync(new Uri("/alive", UriKind.Relative), TestContext.Current.CancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
