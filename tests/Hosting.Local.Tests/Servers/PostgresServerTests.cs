using Dunnhumby.Hosting.Local.Servers;
using Npgsql;

namespace Dunnhumby.Hosting.Local.Tests.Servers;

public sealed class PostgresServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_Temporary_AcceptsItsPasswordOnly()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), Cancel);

        (await ScalarAsync(server.ConnectionString(), "select 40 + 2")).ShouldBe(42);
        var refused = await Should.ThrowAsync<PostgresException>(() => ScalarAsync(server.ConnectionString("postgres", "postgres", "wrong"), "select 1"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task DisposeAsync_Temporary_LeavesNeitherProcessNorData()
    {
        var server = await PostgresServer.StartAsync(new PostgresServerOptions(), Cancel);
        var process = server.ProcessId.ShouldNotBeNull();
        var directory = server.DataDirectory;

        await server.DisposeAsync();

        Directory.Exists($"/proc/{process}").ShouldBeFalse();
        Directory.Exists(directory).ShouldBeFalse();
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    [InlineData("kill")]
    public async Task StartAgainAsync_AfterAnyEnd_KeepsPortAndCommittedRows(string end)
    {
        await using var server = await PostgresServer.StartAsync(new PostgresServerOptions(), Cancel);
        var port = server.Port;
        await ScalarAsync(server.ConnectionString(), "create table kept as select 7 as n");

        await (end switch
        {
            "fast" => server.StopAsync(),
            "immediate" => server.StopAsync(PostgresStopMode.Immediate),
            _ => server.KillAsync(),
        });
        server.ProcessId.ShouldBeNull();
        await server.StartAgainAsync(Cancel);

        server.Port.ShouldBe(port);
        (await ScalarAsync(server.ConnectionString(), "select n from kept")).ShouldBe(7);
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }
}
