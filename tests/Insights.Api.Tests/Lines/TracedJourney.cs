using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Lines;

/// <summary>
/// The small journey (loads 1 to 8, every row with its line) and four loads more, with a worker that reads its lake. Load 9 has a newer basket 27000000002, and basket
/// 27000000006 of household 1 with one line that counts and one that each of the rules leaves out. Load 10 has the product that is left out. Load 11 mends line 10 of load 1.
/// Load 12 is from before lines were kept.
/// </summary>
public sealed class TracedJourney(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Header = "household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID,RETAIL_DISC,TRANS_TIME,WEEK_NO,COUPON_DISC,COUPON_MATCH_DISC";

    private readonly string _lake = Directory.CreateTempSubdirectory("lake-test-").FullName;
    private TransformedJourney.WorkerHost? _worker;
    private InsightsHost? _host;
    private NpgsqlDataSource? _database;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    internal HttpClient Client => _host.ShouldNotBeNull().Client;

    internal string Connection { get; private set; } = "";

    internal string Lake => _lake;

    public async ValueTask InitializeAsync()
    {
        Connection = await postgres.CreateDatabaseAsync(Cancelled);
        await Warehouse.MigrateAsync(Connection, ownServer: false, Cancelled);
        _database = NpgsqlDataSource.Create(Connection);
        foreach (var (index, (dataset, csv)) in SmallJourney.Files.Index())
        {
            var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
            await LoadAsync(index + 1, dataset, csv, [.. Enumerable.Range(2, rows).Select(line => (long)line)], $"{dataset}.csv");
        }

        await LoadAsync(
            9,
            DatasetNames.Transactions,
            $"""
            {Header}
            1,27000000002,230,13,1,4.25,300,0,1215,33,0,0
            1,27000000006,200,14,1,0.5,302,0,1100,29,0,0
            1,27000000006,200,15,1,3,302,0,1100,29,0,0
            1,27000000006,200,99,1,1,302,0,1100,29,0,0
            1,27000000006,200,13,0,0,302,0,1100,29,0,0
            1,27000000007,50,11,1,2,302,0,1100,7,0,0

            """,
            [2, 5, 6, 7, 9, 1_000],
            "day 2.csv");
        await LoadAsync(10, DatasetNames.Products, "PRODUCT_ID,MANUFACTURER,DEPARTMENT,BRAND,COMMODITY_DESC,SUB_COMMODITY_DESC,CURR_SIZE_OF_PRODUCT\n15,1,FUEL,National,COUPON/MISC ITEMS,GASOLINE-REG UNLEADED,\n", [2], "product.csv");
        await LoadAsync(11, DatasetNames.Transactions, $"{Header}\n1,27000000001,200,13,1,0.75,300,0,930,29,0,0\n", [10], fileName: null, replays: 1);
        await LoadAsync(12, DatasetNames.Transactions, $"{Header}\n2,27000000008,200,12,1,2,301,0,1200,29,0,0\n", lines: null, fileName: null);

        _worker = new TransformedJourney.WorkerHost(Connection, _lake, ("Transform:Schedule", "* * * * * ?"));
        _worker.UseKestrel(port: 0);
        _worker.StartServer();
        await UntilPublishedAsync(1);
        _host = new InsightsHost(Connection, transform: _worker.ClientOptions.BaseAddress);
    }

    /// <summary>Takes a load back, and waits for the version without it.</summary>
    internal async Task WithdrawAsync(long load, int version)
    {
        await ExecuteAsync($"update catalog.loads set state = 'withdrawn', withdrawn_at = now() where id = {load}");
        await UntilPublishedAsync(version);
    }

    /// <summary>The lake has removed the load's files.</summary>
    internal Task SweepAsync(long load) => ExecuteAsync($"delete from catalog.lake_files where load_id = {load}");

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? owned in new IAsyncDisposable?[] { _host, _worker, _database })
        {
            await (owned?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        Directory.Delete(_lake, recursive: true);
    }

    private Task LoadAsync(int id, string dataset, string csv, IReadOnlyList<long>? lines, string? fileName, long? replays = null) =>
        TransformedJourney.LoadAsync(_database.ShouldNotBeNull(), _lake, id, dataset, csv, lines, fileName, replays, Cancelled);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.ShouldNotBeNull().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private Task UntilPublishedAsync(int version) => Eventually.TrueAsync(
        async () =>
        {
            await using var versions = _database.ShouldNotBeNull().CreateCommand($"select exists (select from insights.versions where version = {version})");
            return await versions.ExecuteScalarAsync(Cancelled) is true;
        },
        what: $"the worker publishes version {version}");
}
