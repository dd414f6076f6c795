using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Lake.Views;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>A DuckDB database in this process, in memory or in a file, with bounded memory and its own spill folder.</summary>
internal sealed class Warehouse : IDisposable
{
    private const string InMemory = ":memory:";

    /// <summary>Null when another one has it.</summary>
    private readonly DirectoryInfo? _spill;

    private readonly Action? _left;

    private Warehouse(DuckDBConnection connection, DirectoryInfo? spill, string? database = null, Action? left = null)
    {
        Connection = connection;
        _spill = spill;
        Database = database;
        _left = left;
    }

    internal DuckDBConnection Connection { get; }

    /// <summary>Which of several databases of its engine it is; null when there is one only.</summary>
    internal string? Database { get; }

    /// <summary>Another connection, for another thread; it sees what has been committed.</summary>
    internal async Task<DuckDBConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = Connection.Duplicate();
        await connection.OpenAsync(cancellationToken);
        await UseAsync(connection, Database, cancellationToken);
        return connection;
    }

    /// <summary>Another database of the same engine, with variables and temporary tables of its own. It is disposed of before this one.</summary>
    /// <param name="database">It is attached.</param>
    /// <param name="left">What to do when it is disposed of.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    internal async Task<Warehouse> UseAsync(string database, Action? left, CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken);
        await UseAsync(connection, database, cancellationToken);
        return new Warehouse(connection, spill: null, database, left);
    }

    private static async Task UseAsync(DuckDBConnection connection, string? database, CancellationToken cancellationToken)
    {
        if (database is not null)
        {
            await using var use = connection.CreateCommand();
            use.CommandText = $"use {database}";
            await use.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Opens a database in memory.</summary>
    internal static Task<Warehouse> OpenAsync(TransformOptions options, CancellationToken cancellationToken) => OpenAsync(options, InMemory, cancellationToken);

    /// <summary>Opens a database in a file, which is made when it is not there.</summary>
    /// <exception cref="DuckDBException">Another process has it open, or it is no database that this engine reads.</exception>
    internal static async Task<Warehouse> OpenAsync(TransformOptions options, string file, CancellationToken cancellationToken)
    {
        var parent = options.TempDirectory.Length > 0 ? options.TempDirectory : Path.Combine(Path.GetTempPath(), "dunnhumby-transform");
        var spill = Directory.CreateDirectory(Path.Combine(parent, Guid.NewGuid().ToString("N")));
        // With the opening: a limit that is set later makes the engine give all free memory of the process back, and fetching it again costs more than most queries.
        var settings = new DuckDBConnectionStringBuilder
        {
            DataSource = file,
            ["threads"] = (options.Threads > 0 ? options.Threads : Environment.ProcessorCount).ToString(CultureInfo.InvariantCulture),
            ["memory_limit"] = options.MemoryLimit,
            ["temp_directory"] = spill.FullName,
            ["preserve_insertion_order"] = "false",
            ["autoinstall_known_extensions"] = "false",
            // Rarely: it takes longer than the refresh of a day.
            ["checkpoint_threshold"] = "128MB",
        };
        var warehouse = new Warehouse(new DuckDBConnection(settings.ConnectionString), spill);
        try
        {
            await warehouse.Connection.OpenAsync(cancellationToken);
            return warehouse;
        }
        catch
        {
            warehouse.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements; a cancelled token interrupts them.</summary>
    /// <returns>The number of rows that the last one made.</returns>
    internal async Task<long> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal void Execute(string sql)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Completes what is recorded of a model whose table has just been made. A whole table's count is known without reading it.</summary>
    internal async Task<RunStep> MeasureAsync(RunStep step, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = $"select (select count(*) from {step.Model}), (select coalesce(sum(memory_usage_bytes), 0)::bigint from duckdb_memory())";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return step with { Rows = reader.GetInt64(0), MemoryBytes = reader.GetInt64(1) };
    }

    /// <summary>Completes what is recorded of several models, in one query: of those that were made. All of them have the memory that is held now.</summary>
    internal async Task<IReadOnlyList<RunStep>> MeasureAsync(IReadOnlyList<RunStep> steps, CancellationToken cancellationToken)
    {
        var made = steps.Where(step => step.Kind is not RunStepKinds.None).Select(step => step.Model).ToList();
        if (made.Count == 0)
        {
            return steps;
        }

        await using var command = Connection.CreateCommand();
        command.CommandText = string.Join(" union all ", made.Select(model => $"select {SqlText.Literal(model)}, (select count(*) from {model})"))
            + " union all select '', (select coalesce(sum(memory_usage_bytes), 0)::bigint from duckdb_memory())";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return [.. steps.Select(step => counts.TryGetValue(step.Model, out var rows) ? step with { Rows = rows, MemoryBytes = counts[""] } : step)];
    }

    /// <summary>How many rows a query has.</summary>
    internal Task<long> CountAsync(string sql, CancellationToken cancellationToken) => ScalarAsync($"select count(*) from ({sql})", cancellationToken);

    /// <summary>The one number that a query gives.</summary>
    internal async Task<long> ScalarAsync(string sql, CancellationToken cancellationToken) => Convert.ToInt64(await ValueAsync(sql, cancellationToken));

    /// <summary>The one text that a query gives; null without a row.</summary>
    internal async Task<string?> TextAsync(string sql, CancellationToken cancellationToken) => await ValueAsync(sql, cancellationToken) as string;

    private async Task<object?> ValueAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public void Dispose()
    {
        Connection.Dispose();
        _left?.Invoke();
        _spill?.Delete(recursive: true);
    }
}
