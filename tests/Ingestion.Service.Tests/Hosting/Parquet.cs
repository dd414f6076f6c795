using Dunnhumby.Contracts.Loads;
using DuckDB.NET.Data;

namespace Dunnhumby.Ingestion.Service.Tests.Hosting;

/// <summary>Reads what a load wrote with DuckDB, which shares no code with the writer.</summary>
internal static class Parquet
{
    internal static string FilesOf(IngestionHost host, Load load) => Path.Combine(host.Lake, load.Dataset, $"load={load.Id}", "*.parquet");

    /// <summary>The rows in the order of the file, each as its values with a bar between; null is nothing.</summary>
    internal static async Task<List<string>> RowsAsync(IngestionHost host, Load load, string columns) =>
        await QueryAsync($"select concat_ws('|', {string.Join(", ", columns.Split(',').Select(column => $"coalesce({column}::varchar, '')"))}) from read_parquet('{FilesOf(host, load)}', hive_partitioning=true)");

    internal static async Task<List<string>> QueryAsync(string sql)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
