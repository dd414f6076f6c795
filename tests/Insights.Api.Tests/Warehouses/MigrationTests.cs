using Dunnhumby.Catalog;
using Dunnhumby.TestSupport.Servers;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>What the migrator does with the databases that it meets.</summary>
public sealed class MigrationTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_OnADatabaseOfAnotherVersion_ChangesNothingAndSaysWhatToDo()
    {
        var address = await postgres.CreateDatabaseAsync(Cancellation);
        await using var database = NpgsqlDataSource.Create(address);
        await using var made = database.CreateCommand(
            """
            create schema catalog;
            create table catalog.migrations (migration_id varchar(150) primary key, product_version varchar(32) not null);
            insert into catalog.migrations values ('20200101000000_Elsewhere', '9.0.0');
            """);
        await made.ExecuteNonQueryAsync(Cancellation);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => Warehouse.MigrateAsync(address, ownServer: false, Cancellation));

        refused.Message.ShouldContain("20200101000000_Elsewhere");
        refused.Message.ShouldContain("empty database");
        await using var tables = database.CreateCommand("select count(*) from pg_tables where schemaname in ('catalog', 'insights')");
        (await tables.ExecuteScalarAsync(Cancellation)).ShouldBe(1L, "only the one that was there");
    }

    [Fact]
    public async Task Run_AtEveryStart_IsDoneOnce()
    {
        var address = await postgres.CreateDatabaseAsync(Cancellation);
        await Warehouse.MigrateAsync(address, ownServer: false, Cancellation);

        await Warehouse.MigrateAsync(address, ownServer: false, Cancellation);

        await using var database = NpgsqlDataSource.Create(address);
        await using var migrations = database.CreateCommand("select count(*) from catalog.migrations");
        (await migrations.ExecuteScalarAsync(Cancellation)).ShouldBe((long)typeof(LakeCatalog).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Migration))));
    }
}
