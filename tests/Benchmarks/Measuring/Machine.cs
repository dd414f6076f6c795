using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using Dunnhumby.Benchmarks.Results;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Benchmarks.Measuring;

/// <summary>Reads what the figures depend on.</summary>
internal static class Machine
{
    internal static async Task<MachineFacts> ReadAsync(CancellationToken cancellationToken)
    {
        return new MachineFacts(
            Fact("/proc/cpuinfo", "model name"),
            Environment.ProcessorCount,
            long.Parse(Fact("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture) * 1_024,
            RuntimeInformation.OSDescription,
            RuntimeInformation.FrameworkDescription,
            await VersionOfAsync(PostgresServer.Program("postgres"), cancellationToken),
            DuckDb());
    }

    private static string Fact(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown";

    private static async Task<string> VersionOfAsync(string program, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{program} did not start.");
        return (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
    }

    private static string DuckDb()
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select version()";
        return $"DuckDB {command.ExecuteScalar()}";
    }
}
