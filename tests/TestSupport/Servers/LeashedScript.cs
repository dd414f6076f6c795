using System.Diagnostics;
using Dunnhumby.TestSupport.Processes;

namespace Dunnhumby.TestSupport.Servers;

/// <summary>
/// A script that runs a server, on a leash: it ends when this process does, however that ends, since the leash is a pipe that only this process holds open.
/// The scripts are those by which the AppHost runs servers without containers.
/// </summary>
internal sealed class LeashedScript : IAsyncDisposable
{
    /// <summary>Runs the script in the background and sends it TERM when standard input ends.</summary>
    private const string Leash = """
        exec 3<&0
        /bin/sh "$@" </dev/null 3<&- & script=$!
        (cat <&3; kill -TERM $script) >/dev/null 2>&1 & leash=$!
        wait $script; code=$?
        kill $leash 2>/dev/null
        exit $code
        """;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly ChildProcess _shell;

    private LeashedScript(ChildProcess shell) => _shell = shell;

    public bool IsRunning => _shell.IsRunning;

    /// <param name="script">Its file name, such as <c>postgres.sh</c>.</param>
    public static LeashedScript Start(string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Leash, "sh", Path.Combine(AppContext.BaseDirectory, "servers", script), .. arguments]);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new LeashedScript(ChildProcess.Start(start));
    }

    /// <summary>Waits until the server accepts connections.</summary>
    /// <param name="ready">Throws as long as it does not.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message has what it printed.</exception>
    public async Task WaitUntilAsync(Func<CancellationToken, Task> ready, TimeSpan limit, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await ready(cancellationToken);
                return;
            }
            catch (Exception notYet) when (notYet is not OperationCanceledException && IsRunning && Stopwatch.GetElapsedTime(since) < limit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new InvalidOperationException($"The server is not ready: {failure.Message} It printed:{Environment.NewLine}{_shell.Output}", failure);
            }
        }
    }

    /// <summary>Lets go of the leash and waits until the server is gone.</summary>
    public Task StopAsync()
    {
        _shell.CloseInput();
        return ExitAsync();
    }

    /// <summary>Waits until the script and all that write to its output are gone.</summary>
    public Task ExitAsync() => _shell.Exited.WaitAsync(StopLimit);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _shell.DisposeAsync();
    }
}
