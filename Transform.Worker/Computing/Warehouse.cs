using DuckDB.NET.Data;
using Dunnhumby.Lake.Views;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>One run's DuckDB database: in memory, in this process, with bounded memory and a folder of its own to spill to.</summary>
internal sealed class Warehouse : IDisposable
{
    private readonly DirectoryInfo _spill;

    private Warehouse(DuckDBConnection connection, DirectoryInfo spill)
    {
        Connection = connection;
        _spill = spill;
    }

    internal DuckDBConnection Connection { get; }

    /// <summary>Another connection, for another thread; it sees what has been committed.</summary>
    internal async Task<DuckDBConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = Connection.Duplicate();
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    internal static async Task<Warehouse> OpenAsync(TransformOptions options, CancellationToken cancellationToken)
    {
        var parent = options.TempDirectory.Length > 0 ? options.TempDirectory : Path.Combine(Path.GetTempPath(), "dunnhumby-transform");
        var warehouse = new Warehouse(
            new DuckDBConnection("DataSource=:memory:"),
            Directory.CreateDirectory(Path.Combine(parent, Guid.NewGuid().ToString("N"))));
        try
        {
            await warehouse.Connection.OpenAsync(cancellationToken);
            await warehouse.ExecuteAsync(
                $"""
                set threads = {(options.Threads > 0 ? options.Threads : Environment.ProcessorCount)};
                set memory_limit = {SqlText.Literal(options.MemoryLimit)};
                set temp_directory = {SqlText.Literal(warehouse._spill.FullName)};
                set preserve_insertion_order = false;
                set autoinstall_known_extensions = false;
                """,
                cancellationToken);
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

    /// <summary>How many rows a query has.</summary>
    internal Task<long> CountAsync(string sql, CancellationToken cancellationToken) => ScalarAsync($"select count(*) from ({sql})", cancellationToken);

    /// <summary>The one number that a query gives.</summary>
    internal async Task<long> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken));
    }

    public void Dispose()
    {
        Connection.Dispose();
        _spill.Delete(recursive: true);
    }
}
