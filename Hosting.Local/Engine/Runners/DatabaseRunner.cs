using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Dunnhumby.Hosting.Local.Engine.Runners;

/// <summary>Creates a database in its server, once the server is ready.</summary>
internal sealed class DatabaseRunner(PostgresDatabaseResource database, ResourceInstance server) : ResourceRunner
{
    public override bool HasHealthChecks => true;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await server.WaitAsync(status => status.IsReady, cancellationToken);
        await using var connection = await OpenAsync($"{await database.Parent.ConnectionStringExpression.GetValueAsync(cancellationToken)};Database=postgres", cancellationToken);
        await using var exists = new NpgsqlCommand("select count(*) from pg_database where datname = $1", connection) { Parameters = { new() { Value = database.DatabaseName } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is 0L)
        {
            // CREATE DATABASE takes no parameters: the name is quoted as an identifier.
            await using var create = new NpgsqlCommand($"create database \"{database.DatabaseName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public override async Task<string?> CheckHealthAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(await database.ConnectionStringExpression.GetValueAsync(cancellationToken) ?? string.Empty, cancellationToken);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            return exception.Message;
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Timeout=5");
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
