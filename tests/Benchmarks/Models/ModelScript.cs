using System.Diagnostics;
using System.Text.Json;
using DuckDB.NET.Data;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.Benchmarks.Peers;

namespace Dunnhumby.Benchmarks.Models;

/// <summary>S9's peer: the query of a model alone, over its inputs as tables in memory.</summary>
internal static class ModelScript
{
    /// <summary>Beside every name of a model there is a file of the project, embedded.</summary>
    internal const string Resources = "models/";

    /// <summary>What the models of <see cref="ModelQueries"/> are made from, each after its inputs.</summary>
    private static readonly string[] Inputs = ["section_map", "product_sections", "screened_lines", "screened_baskets", "repeat_households", "desk_lines", "desk_products"];

    /// <summary>Makes the inputs, then measures the query.</summary>
    internal static PeerResult Run(string lakeFiles, string model)
    {
        var files = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(lakeFiles)) ?? [];
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, "set variable first_day = 101; set variable last_day = 708; set variable excluded_commodities = ['GASOLINE-REG UNLEADED'];");
        Execute(connection, Text("macros.duckdb"));
        foreach (var (dataset, paths) in files)
        {
            Execute(connection, $"create view {dataset} as select * from read_parquet([{string.Join(", ", paths.Select(path => $"'{path}'"))}], hive_partitioning = true)");
        }

        foreach (var input in Inputs)
        {
            Execute(connection, $"create table {input} as {Text(input)}");
        }

        var query = $"create table {model} as {Text(model)}";
        var started = Stopwatch.GetTimestamp();
        Execute(connection, query);
        return new PeerResult(Stopwatch.GetElapsedTime(started).TotalSeconds, ProcessMemory.Peak(Environment.ProcessId));
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Text(string model)
    {
        using var stream = typeof(ModelScript).Assembly.GetManifestResourceStream($"{Resources}{model}.sql") ?? throw new InvalidOperationException($"The model {model} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
