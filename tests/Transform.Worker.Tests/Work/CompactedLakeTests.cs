using DuckDB.NET.Data;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Lake.Files;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Work;

/// <summary>Where rows lie does not matter: a lake whose files were merged gives the same figures and is no reason for a new version.</summary>
public sealed class CompactedLakeTests(PostgresFixture postgres)
{
    private const string Sales = "select household_key, total_sales from insights.household_summary order by 1";

    [Fact]
    public async Task Run_FilesWereMerged_IsUnchangedAndComputesTheSame()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        InputLoad[] daily =
        [
            await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00")),
            await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00")),
            await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "8.00")),
        ];
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);
        (await setup.RowsAsync(Sales)).ShouldBe(["1 14.00"]); // 8.00 instead of 1.00, 2.00 and 4.00.

        await MergeAsync(setup, daily);
        var run = await WorkerSetup.RunAsync(worker);
        (await setup.RowAsync($"select state from catalog.runs where id = {run}")).ShouldBe("unchanged");

        // Other settings compute anew, from the merged file; without load 3, load 1 owns its basket again.
        await WorkerSetup.RunAsync(setup.Worker(settings: ("Reference:LastDay", "707")));
        (await setup.RowsAsync(Sales)).ShouldBe(["1 14.00"]);
        await setup.WithdrawAsync(daily[2]);
        await WorkerSetup.RunAsync(setup.Worker(settings: ("Reference:LastDay", "707")));
        (await setup.RowsAsync(Sales)).ShouldBe(["1 7.00"]);
    }

    private static async Task MergeAsync(WorkerSetup setup, InputLoad[] loads)
    {
        var path = LakeLayout.CompactedFile(DatasetNames.Transactions, loads[^1].Id, Guid.NewGuid());
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            copy (select * exclude (load), load as load_id from read_parquet('{setup.Lake.Root}/{DatasetNames.Transactions}/*/part-*.parquet', hive_partitioning = true, hive_types = {"{"}'load': bigint{"}"}))
            to '{setup.Lake.Layout.FullPath(path)}' (format parquet)
            """;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await setup.ExecuteAsync($"delete from catalog.lake_files where load_id in ({string.Join(", ", loads.Select(load => load.Id))})");
        await setup.ExecuteAsync($"insert into catalog.lake_files (path, load_id, rows, bytes) values ('{path}', null, 4, 1)");
        foreach (var load in loads)
        {
            await setup.ExecuteAsync($"insert into catalog.lake_file_loads (path, load_id, rows) values ('{path}', {load.Id}, {load.Loaded})");
            File.Delete(setup.Lake.Layout.FullPath(load.Files[0]));
        }
    }
}
