using Dunnhumby.Hosting.Local.Model;
using Dunnhumby.Hosting.Local.Processes;
using Dunnhumby.Hosting.Local.Servers;

namespace Dunnhumby.Hosting.Local.Engine.Runners;

/// <summary>Runs a project or a program.</summary>
internal abstract class ProcessRunner(ResourceInstance instance, HttpClient health, Action<string, bool> output) : ResourceRunner
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    private readonly HttpHealthAnnotation[] _checks = [.. instance.Resource.Annotations.OfType<HttpHealthAnnotation>()];
    private SupervisedProcess? _process;

    public override bool HasHealthChecks => _checks.Length > 0;

    public override int? ProcessId => _process is { Exited.IsCompleted: false } process ? process.Id : null;

    public override int? ExitCode => _process is { Exited.IsCompletedSuccessfully: true } process ? process.Exited.Result : null;

    protected ResourceInstance Instance => instance;

    protected Action<string, bool> Output => output;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in instance.Resource.Endpoints().Where(endpoint => !endpoint.NeedsProxy && !LoopbackPort.IsFree(endpoint.AllocatedPort)))
        {
            throw new InvalidOperationException(
                $"Port {endpoint.AllocatedPort}, which {instance.Resource.Name} is to listen on, is in use. Stop the program that listens there, or give the endpoint another port.");
        }

        _process = SupervisedProcess.Start(await CommandAsync(cancellationToken), output);
    }

    public override Task<int> WaitForExitAsync(CancellationToken cancellationToken) =>
        (_process ?? throw new InvalidOperationException("Not started.")).Exited.WaitAsync(cancellationToken);

    public override async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.StopAsync(Grace);
        }
    }

    public override async Task<string?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        foreach (var check in _checks)
        {
            var url = check.Endpoint.Annotation.UrlOf(instance.Replica) + (check.Path.StartsWith('/') ? check.Path : $"/{check.Path}");
            try
            {
                using var response = await health.GetAsync(new Uri(url), cancellationToken);
                if ((int)response.StatusCode != check.StatusCode)
                {
                    return $"GET {url} answered {(int)response.StatusCode} instead of {check.StatusCode}.";
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return $"GET {url} failed: {exception.Message}";
            }
        }

        return null;
    }

    protected abstract Task<ProcessCommand> CommandAsync(CancellationToken cancellationToken);

    /// <summary>The arguments the model gives.</summary>
    protected async Task<List<string>> ArgumentsAsync(CancellationToken cancellationToken)
    {
        List<string> arguments = [];
        foreach (var argument in instance.Resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(annotation => annotation.Arguments))
        {
            arguments.Add(await argument.TextAsync(cancellationToken));
        }

        return arguments;
    }
}
