using System.Diagnostics;
using System.Text.RegularExpressions;
using Dunnhumby.TestSupport.Processes;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>The AppHost in a process of its own, to be stopped and killed as its users do.</summary>
internal sealed partial class StackProcess : IStack, IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    /// <summary>In the configuration of this test project, with which it was built.</summary>
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Debug";

    private static readonly string Program = Path.Combine(Repository.Root, "AppHost", "bin", Configuration, "net10.0", "Dunnhumby.AppHost");

    private readonly TaskCompletionSource<GroupCollection> _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ChildProcess _process;

    private StackProcess(string dataDirectory, IEnumerable<string> command)
    {
        // A shell that starts the tests in the background makes them, and all that they start, deaf to Ctrl-C.
        var start = Settled("/usr/bin/env", ["--default-signal=INT", .. command, .. StackSettings.Arguments(dataDirectory)]);
        // By this, everything that belongs to the stack is found; see DataDirectory.
        start.Environment["DataDirectory"] = dataDirectory;
        _process = ChildProcess.Start(start, Read);
    }

    public Uri Pages => Address("pages");

    public Uri Ingestion => Address("ingestion");

    public Uri Insights => Address("insights");

    /// <summary>The AppHost's program with arguments, to be started as a process.</summary>
    internal static ProcessStartInfo AppHost(params string[] arguments) => Settled(Program, arguments);

    /// <summary>Starts the AppHost's program and waits until every resource is healthy.</summary>
    internal static Task<StackProcess> StartAsync(string dataDirectory) =>
        StartAsync(dataDirectory, [Program]);

    /// <summary>The same with the README's command.</summary>
    internal static Task<StackProcess> RunAsync(string dataDirectory) =>
        StartAsync(dataDirectory, ["dotnet", "run", "--project", "AppHost", "--no-build", "--configuration", Configuration, "--"]);

    /// <summary>Ctrl-C, and waits until the AppHost is gone.</summary>
    internal Task InterruptAsync() => _process.StopAsync("INT");

    /// <summary>Asks it to end, as a service manager does, and does not wait for it.</summary>
    internal Task TerminateAsync() => _process.SignalAsync("TERM");

    /// <summary>The process that was started has no chance to clean up.</summary>
    internal Task KillAsync() => _process.StopAsync("KILL");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task<StackProcess> StartAsync(string dataDirectory, IEnumerable<string> command)
    {
        var stack = new StackProcess(dataDirectory, command);
        try
        {
            await Task.WhenAny(stack._healthy.Task, stack._process.Exited).WaitAsync(StartLimit, TestContext.Current.CancellationToken);
            return stack._healthy.Task.IsCompleted ? stack : throw new InvalidOperationException("The AppHost ended before it was healthy.");
        }
        catch (Exception problem) when (problem is TimeoutException or InvalidOperationException)
        {
            await stack.DisposeAsync();
            throw new InvalidOperationException($"{problem.Message} It printed:{Environment.NewLine}{stack._process.Output}", problem);
        }
    }

    private static ProcessStartInfo Settled(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Repository.Root };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "1";
        return start;
    }

    private Uri Address(string name) => new(_healthy.Task.Result[name].Value);

    private void Read(string line)
    {
        if (ReadyLine().Match(line) is { Success: true } ready)
        {
            _healthy.TrySetResult(ready.Groups);
        }
    }

    [GeneratedRegex(@"All resources are healthy\. dashboard: (?<pages>[^\s,]+), ingestion: (?<ingestion>[^\s,]+), insights: (?<insights>[^\s,]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();
}
