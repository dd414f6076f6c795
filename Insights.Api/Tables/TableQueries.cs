using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

/// <summary>Reads a derived table as a whole, row by row.</summary>
internal sealed class TableQueries(NpgsqlDataSource database)
{
    /// <summary>Starts reading all rows that the filters leave, every column in the table's order. The caller disposes what it gets.</summary>
    internal async Task<TableRows> OpenAsync(PublishedVersion version, RowQuery query, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand { Connection = connection };
            command.CommandText = query.AllSql(version.Schema, command.Parameters);
            return new TableRows(connection, await command.ExecuteReaderAsync(cancellationToken));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
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
