using System.Diagnostics;
using System.Text.Json;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>The protocol's JavaScript client, from npm, run by Node. Installed once per checkout, from the lock file beside its script.</summary>
internal sealed class TusJsClient : IDisposable
{
    internal const string Missing = "Node is not here: install Node 18 or later with npm to try the tus-js-client.";

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Ingestion.Service.Tests", "Resumable", "tus-js");
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    private readonly Process _process;

    private TusJsClient(Process process) => _process = process;

    /// <summary>Whether Node and npm are on the path.</summary>
    public static bool Exists { get; } = OnPath("node") && OnPath("npm");

    /// <summary>Begins an upload; the words are those of <c>upload.mjs</c>.</summary>
    internal static async Task<TusJsClient> StartAsync(Uri service, string path, string key, params string[] words)
    {
        await Installed.Value;
        var start = new ProcessStartInfo("node", ["upload.mjs", new Uri(service, "/uploads").ToString(), path, Path.GetFileName(path), key, .. words])
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new TusJsClient(Process.Start(start) ?? throw new InvalidOperationException("Node did not start."));
    }

    /// <summary>The next event of a kind; what comes before it is returned too, the event last.</summary>
    internal async Task<List<JsonElement>> UntilAsync(string kind)
    {
        List<JsonElement> events = [];
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken) is { } line)
        {
            events.Add(JsonDocument.Parse(line).RootElement);
            if (string.Equals(events[^1].GetProperty("event").GetString(), kind, StringComparison.Ordinal))
            {
                return events;
            }
        }

        throw new InvalidOperationException($"The client ended without '{kind}': {string.Join('\n', events.TakeLast(5))}");
    }

    /// <summary>Lets a paused upload go on.</summary>
    internal Task GoOnAsync() => _process.StandardInput.WriteLineAsync("go");

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task InstallAsync()
    {
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-progress"]) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("npm did not start.");
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci failed in {Folder}:\n{await output}\n{await errors}");
        }
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, program + ".cmd")));
}
