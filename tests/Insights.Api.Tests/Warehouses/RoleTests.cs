using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>What the role that the API works with may do in the database, beside reading.</summary>
public sealed class RoleTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("create temporary table kept (x integer)")]
    [InlineData("select lo_create(0)")]
    [InlineData("select lo_from_bytea(0, 'kept')")]
    [InlineData("create table public.kept (x integer)")]
    [InlineData("select * from catalog.quarantined_rows")]
    public async Task Reader_LeavingSomethingInTheDatabase_IsRefused(string sql)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var reader = NpgsqlDataSource.Create(warehouse.ReaderConnection);
        await using var command = reader.CreateCommand(sql);

        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("statement_timeout", "5min")]
    [InlineData("idle_in_transaction_session_timeout", "1min")]
    public async Task Reader_WorkThatLostItsWay_Ends(string setting, string after)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var reader = NpgsqlDataSource.Create(warehouse.ReaderConnection);
        await using var command = reader.CreateCommand($"show {setting}");

        (await command.ExecuteScalarAsync(Cancellation)).ShouldBe(after);
    }

    [Theory]
    [InlineData("loader")]
    [InlineData("transformer")]
    public async Task Role_OfAService_HasTimeoutsOfItsOwn(string role)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var reader = NpgsqlDataSource.Create(warehouse.ReaderConnection);
        await using var command = reader.CreateCommand($"select count(*) from pg_roles, unnest(rolconfig) setting where rolname = '{role}' and setting like '%timeout=%'");

        (await command.ExecuteScalarAsync(Cancellation)).ShouldBe(2L);
    }

    /// <summary>On a server of its own, as this is about all databases that a server has.</summary>
    [Fact]
    public async Task Reader_OnAServerOfTheApplicationsOwn_GetsIntoItsDatabaseOnly()
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: Cancellation);
        await using var owner = NpgsqlDataSource.Create(server.ConnectionString());
        await using (var create = owner.CreateCommand("create database warehouse"))
        {
            await create.ExecuteNonQueryAsync(Cancellation);
        }

        await Warehouse.MigrateAsync(server.ConnectionString("warehouse"), ownServer: true, Cancellation);

        foreach (var other in (string[])["postgres", "template1"])
        {
            await using var closed = NpgsqlDataSource.Create(server.ConnectionString(other, "reader", Warehouse.ReaderPassword) + ";Pooling=false");
            (await Should.ThrowAsync<PostgresException>(async () => await closed.OpenConnectionAsync(Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }

        await using var open = NpgsqlDataSource.Create(server.ConnectionString("warehouse", "reader", Warehouse.ReaderPassword) + ";Pooling=false");
        await using var connection = await open.OpenConnectionAsync(Cancellation);
    }
}
