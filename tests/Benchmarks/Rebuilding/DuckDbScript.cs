using System.Diagnostics;
using System.Text.Json;
using DuckDB.NET.Data;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Peers;

namespace Dunnhumby.Benchmarks.Rebuilding;

/// <summary>S3's peer: one script, from the lake's files to tables in memory. The section map is data and is taken from the project.</summary>
internal static class DuckDbScript
{
    /// <summary>The tables of a version, with the columns that their rows are sorted by.</summary>
    internal static readonly IReadOnlyList<(string Name, string Key)> Tables =
    [
        ("household_summary", "household_key"),
        ("daily_household_spend", "household_key, day"),
        ("daily_campaign_sales", "campaign, day"),
        ("campaign_summary", "campaign"),
        ("daily_sales", "day"),
        ("store_daily_sales", "store_id, day"),
        ("orphans", "reference"),
    ];

    /// <summary>Runs the script, then, outside the measured time, writes each table as text for the comparison.</summary>
    internal static PeerResult Run(string lakeFiles, string exports)
    {
        var files = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(lakeFiles)) ?? [];
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var script = $"{string.Concat(files.Select(View))}create table section_map as {Resource("models/section_map.sql")};\n{Resource("Peer.sql")}";
        var started = Stopwatch.GetTimestamp();
        Execute(connection, script);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var peak = ProcessMemory.Peak(Environment.ProcessId);
        foreach (var (name, key) in Tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"select * from {name} order by {key}";
            using var reader = command.ExecuteReader();
            TableText.Write(reader, Path.Combine(exports, name));
        }

        return new PeerResult(seconds, peak);
    }

    private static string View(KeyValuePair<string, string[]> dataset) =>
        $"create view {dataset.Key} as select * from read_parquet([{string.Join(", ", dataset.Value.Select(path => $"'{path}'"))}], hive_partitioning = true);\n";

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Resource(string name)
    {
        using var stream = typeof(DuckDbScript).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
