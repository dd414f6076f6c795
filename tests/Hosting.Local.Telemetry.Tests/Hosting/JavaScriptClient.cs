using System.Diagnostics;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;

/// <summary>A program that sends telemetry with the OpenTelemetry SDK for JavaScript; npm installs its packages when they are not there yet.</summary>
public sealed class JavaScriptClient : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, "JavaScript");

    /// <summary>Whether this machine has node and npm.</summary>
    public static bool IsAvailable { get; } = new[] { "node", "npm" }.All(program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))));

    public async ValueTask InitializeAsync()
    {
        var installed = new FileInfo(Path.Combine(_folder, "node_modules", ".package-lock.json"));
        if (IsAvailable && (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(_folder, "package-lock.json"))))
        {
            await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], []);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs the program with variables as the AppHost gives them to its resources.</summary>
    /// <returns>The id of the trace that it sent.</returns>
    internal async Task<string> SendAsync(string service, string protocol, Uri endpoint, string headers) =>
        (await RunAsync("node", ["send.mjs"], new(StringComparer.Ordinal)
        {
            ["OTEL_SERVICE_NAME"] = service,
            ["OTEL_RESOURCE_ATTRIBUTES"] = "service.instance.id=one",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
            ["OTEL_EXPORTER_OTLP_HEADERS"] = headers,
            // Milliseconds. The default of ten seconds may be short for the first call on a busy machine.
            ["OTEL_EXPORTER_OTLP_TIMEOUT"] = "30000",
            ["OTEL_METRICS_EXPORTER"] = "otlp",
            ["OTEL_LOGS_EXPORTER"] = "otlp",
            ["OTEL_TRACES_EXPORTER"] = "otlp",
        })).Trim();

    private async Task<string> RunAsync(string program, IEnumerable<string> arguments, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}{await output}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
