using System.Diagnostics;
using System.Text.Json;
using Dunnhumby.Benchmarks.Stack;

namespace Dunnhumby.Benchmarks.Peers;

/// <summary>Starts a peer and reads what it measured.</summary>
internal static class PeerProcess
{
    internal static async Task<PeerResult> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Builds.Self, ["peer", .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The peer did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<PeerResult>(output) ?? throw new InvalidOperationException("The peer measured nothing.")
            : throw new InvalidOperationException($"The peer {arguments[0]} ended with {process.ExitCode}.");
    }
}
