using System.Net;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>
/// Three versions, made by the worker. Version 1 has the small journey, and household 4 with beef for 1.00 on each of the days 120 to 159. Version 2 has three lines
/// besides: household 2 buys apples for 400.00 on day 401, household 3 beef for 2.00 on day 310, which makes it a household with two days (7.00 on day 300).
/// Version 3 repeats version 1, since an admin went back to it.
/// </summary>
internal static class VersionedJourney
{
    private const string AdminKey = "admin-key-of-tests-0123456789abcdefg";
    private const string Header = "household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID,RETAIL_DISC,TRANS_TIME,WEEK_NO,COUPON_DISC,COUPON_MATCH_DISC\n";

    private static readonly SemaphoreSlim Making = new(1, 1);
    private static string? _made;

    /// <returns>A superuser's connection string to the database; tests only read.</returns>
    internal static async Task<string> PublishedAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        await Making.WaitAsync(cancellationToken);
        try
        {
            return _made ??= await MakeAsync(postgres, cancellationToken);
        }
        finally
        {
            Making.Release();
        }
    }

    private static async Task<string> MakeAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        var connection = await postgres.CreateDatabaseAsync(cancellationToken);
        await Warehouse.MigrateAsync(connection, ownServer: false, cancellationToken);
        var lake = Directory.CreateTempSubdirectory("lake-test-").FullName;
        await using var database = NpgsqlDataSource.Create(connection);
        try
        {
            foreach (var (index, (dataset, csv)) in SmallJourney.Files.Index())
            {
                await TransformedJourney.LoadAsync(database, lake, index + 1, dataset, csv, cancellationToken);
            }

            var daily = Enumerable.Range(120, 40).Select(day => $"4,{28000000000 + day},{day},12,1,1,300,0,930,{(day / 7) + 1},0,0");
            await TransformedJourney.LoadAsync(database, lake, 9, DatasetNames.Transactions, $"{Header}{string.Join('\n', daily)}\n", cancellationToken);
            // The schedule finds the later load, since there is no broker. A load of any size is brought in where the rows are.
            await using var worker = new TransformedJourney.WorkerHost(
                connection, lake, ("Transform:Schedule", "* * * * * ?"), ("Transform:RefreshUpTo", "100"), ("ApiKeys:Admin", AdminKey));
            using var admin = worker.CreateClient();
            admin.DefaultRequestHeaders.Add("X-Api-Key", AdminKey);
            await UntilPublishedAsync(1);
            await TransformedJourney.LoadAsync(
                database,
                lake,
                10,
                DatasetNames.Transactions,
                $"{Header}2,29000000001,401,13,1,400,301,0,1200,58,0,0\n3,29000000002,310,12,1,2,301,0,1200,45,0,0\n",
                cancellationToken);
            await UntilPublishedAsync(2);
            using var back = await admin.PostAsync(new Uri("/versions/1/publish", UriKind.Relative), content: null, cancellationToken);
            back.StatusCode.ShouldBe(HttpStatusCode.OK, await back.Content.ReadAsStringAsync(cancellationToken));
        }
        finally
        {
            Directory.Delete(lake, recursive: true);
        }

        return connection;

        Task UntilPublishedAsync(int version) => Eventually.TrueAsync(
            async () =>
            {
                await using var versions = database.CreateCommand($"select exists (select from insights.versions where version = {version})");
                return await versions.ExecuteScalarAsync(cancellationToken) is true;
            },
            what: $"the worker publishes version {version}");
    }
}
