using Npgsql;
using Testcontainers.PostgreSql;
using Xunit;

namespace Dunnhumby.TestSupport.Servers;

/// <summary>
/// One real Postgres for a test assembly (<c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>): a container of the
/// image in <c>POSTGRES_IMAGE</c> (postgres:17 by default) where a container engine answers, otherwise a native server.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgreSqlContainer? _container;
    private PostgresServer? _server;

    /// <summary>A superuser's connection string to the maintenance database.</summary>
    public string ConnectionString { get; private set; } = string.Empty;

    /// <summary>Creates an empty database of its own for a test or test class.</summary>
    /// <returns>A superuser's connection string to it.</returns>
    public Task<string> CreateDatabaseAsync(CancellationToken cancellationToken = default) => CreateDatabaseAsync("template1", cancellationToken);

    /// <summary>Creates a database that begins as a copy of another one, to which nobody is connected.</summary>
    /// <returns>A superuser's connection string to it.</returns>
    public async Task<string> CreateDatabaseAsync(string template, CancellationToken cancellationToken = default)
    {
        var name = $"test_{Guid.NewGuid():N}";
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"create database {name} template {template}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public async ValueTask InitializeAsync()
    {
        string connectionString;
        if (await ContainerEngine.AnswersAsync())
        {
            _container = new PostgreSqlBuilder(Environment.GetEnvironmentVariable("POSTGRES_IMAGE") ?? "postgres:17")
                .WithCommand("-c", "max_connections=200", "-c", "fsync=off")
                .Build();
            await _container.StartAsync();
            connectionString = _container.GetConnectionString();
        }
        else
        {
            _server = await PostgresServer.StartAsync();
            connectionString = _server.ConnectionString();
        }

        // Tests create many databases, each with a pool: idle connections must not eat the server's limit.
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 20, ConnectionIdleLifetime = 10 }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
