using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Dunnhumby.TestSupport.Processes;

/// <summary>A process that a test or a benchmark starts, listens to and ends.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ChildProcess(Process process) => _process = process;

    /// <summary>Process id.</summary>
    public int Id => _process.Id;

    public bool IsRunning => !_process.HasExited;

    /// <summary>The exit code, once it has ended and its output was read.</summary>
    public Task<int> Exited => ExitAsync();

    /// <summary>Everything that it printed so far, on both streams.</summary>
    public string Output => string.Join(Environment.NewLine, _lines);

    /// <summary>Starts the program; its standard input stays open until it is stopped.</summary>
    /// <param name="line">Told each line that it prints.</param>
    public static ChildProcess Start(ProcessStartInfo start, Action<string>? line = null)
    {
        ArgumentNullException.ThrowIfNull(start);
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, read) => child.Read(read.Data, line);
        child._process.ErrorDataReceived += (_, read) => child.Read(read.Data, line);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Sends a signal, such as <c>INT</c>, <c>TERM</c> or <c>KILL</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Closes its standard input: a program that reads it takes that as the end.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Sends a signal and waits until it has ended; kills it and its children when that takes too long.</summary>
    public async Task StopAsync(string signal = "TERM")
    {
        if (IsRunning)
        {
            await SignalAsync(signal);
        }

        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    private void Read(string? read, Action<string>? line)
    {
        if (read is not null)
        {
            _lines.Enqueue(read);
            line?.Invoke(read);
        }
    }
}
