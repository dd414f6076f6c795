using System.Collections.Concurrent;
using System.Diagnostics;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Hosting.Native.Tests;

/// <summary>A program that a test started: an AppHost, or a server's script alone.</summary>
internal sealed class Program : IDisposable
{
    public const string Healthy = "All resources are healthy.";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly long _started = Stopwatch.GetTimestamp();

    private Program(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => string.Join('\n', _lines);

    public TimeSpan Age => Stopwatch.GetElapsedTime(_started);

    /// <summary>The sample AppHost on a directory, with more settings as NAME=VALUE.</summary>
    public static Program AppHost(Machine machine, params string[] settings) => AppHost(machine, [Path.Combine(AppContext.BaseDirectory, "Dunnhumby.SampleAppHost.dll")], settings);

    /// <summary>The same through <c>dotnet run</c>.</summary>
    public static Program DotnetRun(Machine machine, params string[] settings) =>
        AppHost(machine, ["run", "--no-build", "--no-launch-profile", "--project", SampleProject], settings);

    /// <summary>A server's script, as the AppHost runs it.</summary>
    public static Program Script(string name, string directory, int port, string password = Machine.Password, string[]? prefix = null)
    {
        string[] ports = [$"{port}", .. name is "rabbitmq.sh" ? [$"{LoopbackPort.Next()}", $"{LoopbackPort.Next()}"] : Array.Empty<string>()];
        string[] command = [.. prefix ?? [], "/bin/sh", Path.Combine(AppContext.BaseDirectory, name), directory, .. ports];
        return new Program(new ProcessStartInfo(command[0], command[1..])
        {
            Environment =
            {
                ["POSTGRES_PASSWORD"] = password, ["POSTGRES_USER"] = "postgres", ["RABBITMQ_DEFAULT_USER"] = "guest", ["RABBITMQ_DEFAULT_PASS"] = password,
                ["PASSWORD_PARAMETER"] = "the-password",
            },
        });
    }

    public Task UntilAsync(string text, double seconds = 240) => Machine.UntilAsync(
        () => Output.Contains(text, StringComparison.Ordinal) || (_process.HasExited ? throw new InvalidOperationException($"It ended without '{text}':\n{Output}") : false),
        seconds,
        () => $"No '{text}' in:\n{Output}");

    /// <summary>Waits for its end; returns its exit code.</summary>
    public async Task<int> EndAsync(double seconds = 120)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(seconds));
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string SampleProject
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!Directory.Exists(Path.Combine(folder.FullName, "SampleAppHost")))
            {
                folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests do not run below their project's folder.");
            }

            return Path.Combine(folder.FullName, "SampleAppHost");
        }
    }

    private static Program AppHost(Machine machine, string[] arguments, string[] settings)
    {
        // Signals as a terminal's child has them, also when the tests run in the background of a shell, which ignores SIGINT.
        var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT,TERM", Environment.ProcessPath is { } path && Path.GetFileName(path) is "dotnet" ? path : "dotnet", .. arguments]);
        (string Name, string Value)[] all =
        [
            ("DataDirectory", machine.Directory), ("Servers", "native"), ("DcpPublisher__RandomizePorts", "true"),
            ("Parameters__postgres-password", Machine.Password), ("Parameters__messaging-password", Machine.Password),
            .. settings.Select(setting => setting.Split('=', 2)).Select(parts => (parts[0], parts[1])),
        ];
        foreach (var (name, value) in all)
        {
            start.Environment[name] = value;
        }

        return new Program(start);
    }
}
