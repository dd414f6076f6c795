using System.Diagnostics;

namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>
/// A child in a session of its own, so that a terminal's Ctrl-C does not reach it and its whole process group can be
/// signalled, and known to the <see cref="ProcessGuardian"/>, so that it does not outlive this process.
/// </summary>
internal sealed class SupervisedProcess
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ProcessCommand _command;

    private SupervisedProcess(Process process, ProcessCommand command, Action<string, bool> output)
    {
        _process = process;
        _command = command;
        Id = process.Id;
        StartedAt = DateTimeOffset.UtcNow;
        Exited = ObserveAsync(output);
    }

    /// <summary>Process id, which is the id of its group and session as well.</summary>
    public int Id { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>Completes with the exit code; 128 + n when signal n ended the process.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts the program.</summary>
    /// <param name="command">What to run.</param>
    /// <param name="output">Receives each line; the flag tells lines of standard error.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program or one of the launchers (setsid, setpriv) is not there.</exception>
    public static SupervisedProcess Start(ProcessCommand command, Action<string, bool> output)
    {
        var guardian = ProcessGuardian.Shared;
        var start = new ProcessStartInfo
        {
            FileName = "setsid",
            WorkingDirectory = command.WorkingDirectory ?? string.Empty,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Both launchers replace themselves with the program, so the id stays the same.
        if (command.RunAs is not null)
        {
            foreach (var argument in (string[])["setpriv", $"--reuid={command.RunAs}", $"--regid={command.RunAs}", "--init-groups", "--"])
            {
                start.ArgumentList.Add(argument);
            }
        }

        start.ArgumentList.Add(command.FileName);
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in command.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        start.Environment[ProcessGuardian.MarkerVariable] = guardian.Marker;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command.FileName} did not start.");
        guardian.Add(process.Id, command.StopSignal);
        process.StandardInput.Close();
        return new SupervisedProcess(process, command, output);
    }

    /// <summary>Sends a signal to the whole group.</summary>
    public void Signal(int signal) => UnixSignal.SendToGroup(Id, signal);

    /// <summary>Asks for an orderly end, and kills what is left after the grace period. Returns when the whole group is gone.</summary>
    public async Task<int> StopAsync(TimeSpan grace, int? signal = null)
    {
        Signal(signal ?? _command.StopSignal);
        if (await Task.WhenAny(Exited, Task.Delay(grace)) != Exited)
        {
            Signal(UnixSignal.Kill);
        }

        return await Exited;
    }

    private async Task<int> ObserveAsync(Action<string, bool> output)
    {
        var reading = Task.WhenAll(
            ReadAsync(_process.StandardOutput, line => output(line, false)),
            ReadAsync(_process.StandardError, line => output(line, true)));
        await _process.WaitForExitAsync();

        // What the program started and left behind goes with it.
        Signal(UnixSignal.Kill);
        if (await ProcessGroup.WaitUntilEndedAsync(Id, KillLimit))
        {
            ProcessGuardian.Shared.Remove(Id);
        }

        // A daemon that left the group may hold the pipes open for ever; the last lines of the program itself are there at once.
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1)));
        var exitCode = _process.ExitCode;
        if (reading.IsCompleted)
        {
            _process.Dispose();
        }

        return exitCode;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> line)
    {
        // Leave the caller's thread: starting a process must not wait for its first line.
        await Task.Yield();
        await OutputLines.ReadAsync(reader, line);
    }
}
