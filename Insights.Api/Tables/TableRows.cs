using Npgsql;

namespace Dunnhumby.Insights.Api.Tables;

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
