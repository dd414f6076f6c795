using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>
/// The right to care for the lake, which one process of all has at a time: a session's advisory lock. Changes of the catalog go through
/// <see cref="Connection"/>, so that they fail when the lock was lost with it.
/// </summary>
internal sealed class CareLock : IAsyncDisposable
{
    private const long Key = 0x6C616B6563617265; // "lakecare"

    private CareLock(NpgsqlConnection connection) => Connection = connection;

    internal NpgsqlConnection Connection { get; }

    /// <summary>Null when another process has it.</summary>
    internal static async Task<CareLock?> TryTakeAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var connection = await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = Key } } };
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                return new CareLock(connection);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var command = new NpgsqlCommand("select pg_advisory_unlock($1)", Connection) { Parameters = { new() { Value = Key } } };
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the lock with it.
        }

        await Connection.DisposeAsync();
    }
}
