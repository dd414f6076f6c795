using System.Collections.Concurrent;
using Dunnhumby.Hosting.Local.Processes;
using Dunnhumby.Hosting.Local.Servers;

namespace Dunnhumby.Benchmarks.Stack;

/// <summary>One service as it is deployed: its own process of the build that the benchmarks were built with, listening on loopback.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private const int KeptLines = 60;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly string _name;
    private readonly SupervisedProcess _process;
    private readonly ConcurrentQueue<string> _lines;

    private ServiceProcess(string name, Uri address, SupervisedProcess process, ConcurrentQueue<string> lines)
    {
        _name = name;
        Address = address;
        _process = process;
        _lines = lines;
    }

    internal Uri Address { get; }

    /// <summary>Process id.</summary>
    internal int Id => _process.Id;

    /// <summary>Starts a service and waits until <c>/health</c> says so.</summary>
    internal static async Task<ServiceProcess> StartAsync(string project, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Next()}");
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
        var lines = new ConcurrentQueue<string>();
        var command = new ProcessCommand
        {
            FileName = program,
            Arguments = arguments,
            WorkingDirectory = Path.GetDirectoryName(program),
            Environment = new Dictionary<string, string?>(environment, StringComparer.Ordinal) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null },
        };
        var process = SupervisedProcess.Start(command, (line, _) =>
        {
            lines.Enqueue(line);
            if (lines.Count > KeptLines)
            {
                lines.TryDequeue(out var _);
            }
        });
        return new ServiceProcess(name, address, process, lines);
    }

    internal async Task WaitUntilAnswersAsync(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var started = TimeProvider.System.GetTimestamp();
        while (!await AnswersAsync(http, new Uri(Address, path), cancellationToken))
        {
            if (_process.Exited.IsCompleted || TimeProvider.System.GetElapsedTime(started) > StartLimit)
            {
                throw Failure("did not become healthy");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync() => await _process.StopAsync(StopLimit);

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
        new($"{_name} {what}. Its last lines:{Environment.NewLine}{string.Join(Environment.NewLine, _lines)}");
}
