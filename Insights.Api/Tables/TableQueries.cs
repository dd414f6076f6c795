using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Reads a derived table as a whole, row by row.</summary>
internal sealed class TableQueries(NpgsqlDataSource database)
{
    /// <summary>
    /// Starts reading: every column in the table's order, rows in the order of its key. The caller disposes what it gets.
    /// </summary>
    internal async Task<TableRows> OpenAsync(PublishedVersion version, string table, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            var order = await OrderAsync(connection, version, table, cancellationToken);
            await using var command = new NpgsqlCommand($"select * from {version.Schema}.{Quoted(table)} order by {order}", connection);
            return new TableRows(connection, await command.ExecuteReaderAsync(cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The key's columns, which the table of the rows has; every column where there is no primary key, which orders just as firmly.</summary>
    private static async Task<string> OrderAsync(NpgsqlConnection connection, PublishedVersion version, string table, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select column_attribute.attname
            from (
                select to_regclass(coalesce(
                    (select format('%I.%I', rows_schema, name || '_rows') from insights.version_tables where version = $2 and name = $3 and rows_schema is not null),
                    $1)) as rows) home
            join pg_attribute column_attribute on column_attribute.attrelid = home.rows
            left join pg_index key on key.indrelid = column_attribute.attrelid and key.indisprimary
            where column_attribute.attnum > 0 and not column_attribute.attisdropped and column_attribute.attname not in ('from_version', 'to_version')
              and (key.indrelid is null or column_attribute.attnum = any(key.indkey))
            order by coalesce(array_position(key.indkey::int2[], column_attribute.attnum), column_attribute.attnum)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{version.Schema}.{Quoted(table)}" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = version.Answer.Version });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var columns = await reader.ListAsync(row => Quoted(row.GetString(0)), cancellationToken);
        // A table that is gone has no columns; the select that follows says so, with the right SQLSTATE.
        return columns.Count == 0 ? "1" : string.Join(", ", columns);
    }

    private static string Quoted(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A table being read. Holds its connection until disposed.</summary>
internal sealed class TableRows(NpgsqlConnection connection, NpgsqlDataReader reader) : IAsyncDisposable
{
    internal NpgsqlDataReader Reader => reader;

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await connection.DisposeAsync();
    }
}
