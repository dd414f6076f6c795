using System.Diagnostics;
using Dunnhumby.TestSupport.Processes;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Benchmarks.Stack;

/// <summary>One service as it is deployed: its own process of the build that the benchmarks were built with, listening on loopback.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _name;
    private readonly ChildProcess _process;

    private ServiceProcess(string name, Uri address, ChildProcess process)
    {
        _name = name;
        Address = address;
        _process = process;
    }

    internal Uri Address { get; }

    /// <summary>Process id.</summary>
    internal int Id => _process.Id;

    /// <summary>Starts a service at a free address and waits until <c>/health</c> says so.</summary>
    internal static Task<ServiceProcess> StartAsync(string project, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken) =>
        StartAsync(project, new Uri($"http://127.0.0.1:{LoopbackPort.Next()}"), environment, cancellationToken);

    /// <summary>Starts a service at an address and waits until <c>/health</c> says so.</summary>
    internal static async Task<ServiceProcess> StartAsync(string project, Uri address, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string?>(environment, StringComparer.Ordinal) { ["ASPNETCORE_URLS"] = address.ToString() };
        var service = Launch(project, Builds.ProgramOf(project), [], address, variables);
        try
        {
            await service.WaitUntilAnswersAsync("/health", cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program to its end.</summary>
    internal static async Task RunAsync(string project, IReadOnlyDictionary<string, string?> environment)
    {
        await using var service = Launch(project, Builds.ProgramOf(project), [], new Uri("http://127.0.0.1"), environment);
        if (await service._process.Exited != 0)
        {
            throw service.Failure("ended with an error");
        }
    }

    /// <summary>Starts any program that listens at an address.</summary>
    internal static ServiceProcess Launch(string name, string program, IReadOnlyList<string> arguments, Uri address, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Path.GetDirectoryName(program) };
        start.Environment.Remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        return new ServiceProcess(name, address, ChildProcess.Start(start));
    }

    internal async Task WaitUntilAnswersAsync(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(http, new Uri(Address, path), cancellationToken))
        {
            if (!_process.IsRunning || TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                throw Failure("did not become healthy");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync() => await _process.DisposeAsync();

    private static async Task<bool> AnswersAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(address, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private InvalidOperationException Failure(string what) =>
        new($"{_name} {what}. Its last lines:{Environment.NewLine}{_process.Output}");
}
