using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Dunnhumby.Hosting.Local.Processes;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

/// <summary>The sample AppHost, run as its users run theirs.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private AppHostProcess(Process process)
    {
        _process = process;
    }

    public string Output => string.Join('\n', _lines);

    public string LastMarker { get; private set; } = string.Empty;

    public static AppHostProcess Start(string dataDirectory)
    {
        // As a shell without job control starts a background program: SIGINT ignored. It must stop on SIGINT all the same.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "trap '' INT; exec \"$0\"", SamplePaths.AppHostProgram])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DataDirectory"] = dataDirectory;
        var host = new AppHostProcess(new Process { StartInfo = start });
        host._process.OutputDataReceived += (_, line) => host._lines.Enqueue(line.Data ?? string.Empty);
        host._process.ErrorDataReceived += (_, line) => host._lines.Enqueue(line.Data ?? string.Empty);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>The processes of a run that still carry its marker, and its guardian, whose command line has it.</summary>
    public static int[] Marked(string marker) => Processes(id =>
        File.ReadAllText($"/proc/{id}/environ").Contains($"{ProcessGuardian.MarkerVariable}={marker}", StringComparison.Ordinal)
        || File.ReadAllText($"/proc/{id}/cmdline").Contains(marker, StringComparison.Ordinal));

    /// <summary>The processes whose current directory is below a directory.</summary>
    public static int[] WorkingIn(string directory) => Processes(id =>
        File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName.StartsWith(directory, StringComparison.Ordinal) == true);

    /// <summary>The marker of this run, read from a child.</summary>
    public string Marker()
    {
        var child = Processes(id => string.Equals(File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ')[1], $"{_process.Id}", StringComparison.Ordinal)
            && File.ReadAllText($"/proc/{id}/environ").Contains(ProcessGuardian.MarkerVariable, StringComparison.Ordinal))[0];
        LastMarker = File.ReadAllText($"/proc/{child}/environ").Split('\0')
            .First(variable => variable.StartsWith(ProcessGuardian.MarkerVariable, StringComparison.Ordinal)).Split('=')[1];
        return LastMarker;
    }

    public async Task WaitForLineAsync(string line)
    {
        try
        {
            await Until.TrueAsync(() => _lines.Contains(line, StringComparer.Ordinal), TimeSpan.FromSeconds(120));
        }
        catch (OperationCanceledException exception)
        {
            throw new InvalidOperationException($"The AppHost did not print '{line}' but:\n{Output}", exception);
        }
    }

    public void Kill() => _process.Kill();

    /// <summary>Ctrl-C; returns the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        Marker();
        UnixSignal.Send(_process.Id, UnixSignal.Interrupt);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                UnixSignal.Send(_process.Id, UnixSignal.Terminate);
                await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
            }
        }
        finally
        {
            // Whatever went wrong, it does not outlive its test.
            _process.Kill();
            _process.Dispose();
        }
    }

    private static int[] Processes(Func<int, bool> wanted) =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(entry => int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Matches(wanted, id)),
    ];

    private static bool Matches(Func<int, bool> wanted, int id)
    {
        try
        {
            return wanted(id);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended while it was looked at.
            return false;
        }
    }
}
