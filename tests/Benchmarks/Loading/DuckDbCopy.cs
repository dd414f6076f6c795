using System.Diagnostics;
using DuckDB.NET.Data;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Peers;

namespace Dunnhumby.Benchmarks.Loading;

/// <summary>S2's peer: DuckDB's own CSV reader into its own Parquet writer, with its defaults.</summary>
internal static class DuckDbCopy
{
    internal static PeerResult Run(string csv, string parquet)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"copy (from read_csv('{csv}')) to '{parquet}' (format parquet, compression zstd)";
        var started = Stopwatch.GetTimestamp();
        command.ExecuteNonQuery();
        return new PeerResult(Stopwatch.GetElapsedTime(started).TotalSeconds, ProcessMemory.Peak(Environment.ProcessId));
    }
}
