using System.Diagnostics;

namespace Dunnhumby.Hosting.Local.Processes;

/// <summary>Runs a short-lived tool to its end.</summary>
internal static class Command
{
    /// <summary>Runs the tool and returns its standard output.</summary>
    /// <exception cref="InvalidOperationException">The tool answered with a non-zero exit code; the message carries its output.</exception>
    public static async Task<string> RunAsync(
        string fileName, IEnumerable<string> arguments, CancellationToken cancellationToken, string? workingDirectory = null, string? runAs = null)
    {
        List<string> all = runAs is null ? [] : [$"--reuid={runAs}", $"--regid={runAs}", "--init-groups", "--", fileName];
        all.AddRange(arguments);
        var start = new ProcessStartInfo(runAs is null ? fileName : "setpriv", all)
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "/",
        };
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{fileName} did not start.");
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"{fileName} failed with exit code {process.ExitCode}: {await error}{await output}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
