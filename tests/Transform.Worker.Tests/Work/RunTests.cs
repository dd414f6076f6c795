using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Work;

public sealed class RunTests(PostgresFixture postgres)
{
    private static readonly ModelCatalog AlwaysFailing = WorkerSetup.EveryLoad with
    {
        Tests = [new ModelTest("never_right", "household_summary", "No household is right.", "select household_key from household_summary", [])],
    };

    [Fact]
    public async Task Run_WithSameInputs_IsUnchangedAndMakesNoVersion()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);

        var second = await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync($"select state, version from catalog.runs where id = {second}")).ShouldBe("unchanged -");
        (await setup.RowsAsync("select version from insights.versions")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Run_WithOtherSettings_MakesNewVersion()
    {
        await using var setup = await WithOneHouseholdAsync();
        await WorkerSetup.RunAsync(setup.Worker());

        await WorkerSetup.RunAsync(setup.Worker(settings: ("Reference:ExcludedCommodities:0", "BEEF")));

        (await setup.RowAsync("select max(version) from insights.versions")).ShouldBe("2");
        (await setup.RowsAsync("select * from insights.household_summary")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_WithoutAnyLoad_IsUnchanged()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);

        var run = await WorkerSetup.RunAsync(setup.Worker());

        (await setup.RowAsync($"select state from catalog.runs where id = {run}")).ShouldBe("unchanged");
        (await setup.RowsAsync("select version from insights.versions")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_AfterTheOnlyLoadWasWithdrawn_PublishesEmptyTables()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);
        await setup.ExecuteAsync("update catalog.loads set state = 'withdrawn', withdrawn_at = clock_timestamp()");

        var run = await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync($"select state, version, coalesce(error, '') from catalog.runs where id = {run}")).ShouldBe("published 2 ");
        (await setup.RowsAsync("select * from insights.household_summary")).ShouldBeEmpty();
        (await setup.RowsAsync("select load_id from insights.version_loads where version = 2")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DatasetNames.Products, "1,1,GROCERY,National,BEEF,ANY,")]
    [InlineData(DatasetNames.Transactions, "1,10,101,1,1,1.00,1,0.00,1200,15,0.00,0.00")]
    [InlineData(DatasetNames.Campaigns, "TypeA,1,200,230")]
    public async Task Run_WithOneFileOnly_PublishesAllTables(string dataset, string row)
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(dataset, row);

        var run = await WorkerSetup.RunAsync(setup.Worker());

        (await setup.RowAsync($"select state, coalesce(error, '') from catalog.runs where id = {run}")).ShouldBe("published ");
        (await setup.RowAsync("select count(*) from insights.version_tables where state = 'fresh'")).ShouldBe($"{WorkerSetup.EveryLoad.Published.Count}");
    }

    [Fact]
    public async Task Run_WithCampaignButNoSales_HasZeroSalesAndNoAverages()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(7, 200, 230));

        await WorkerSetup.RunAsync(setup.Worker());

        (await setup.RowAsync("select * from insights.campaign_summary")).ShouldBe("7 TypeA 200 230 31 0 0.00 0.00 0.00 0.00 0 0 0 0 - - - -");
    }

    [Fact]
    public async Task Run_FailingTest_KeepsTheTableThatItStopsAndSaysWhy()
    {
        await using var setup = await WithOneHouseholdAsync();
        await WorkerSetup.RunAsync(setup.Worker());
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "5.00"), Rows.Line(2, 21, 102, 1, "5.00"));

        var failed = await WorkerSetup.RunAsync(setup.Worker(AlwaysFailing));

        (await setup.RowAsync($"select state, error from catalog.runs where id = {failed}"))
            .ShouldBe("partial A check found wrong figures, so they are not shown. What it demands: No household is right.");
        (await setup.RowAsync($"select engine_text from catalog.runs where id = {failed}"))
            .ShouldBe("household_summary: the test never_right found 2 rows that should not be.");
        (await setup.RowsAsync("select household_key, total_sales from insights.household_summary")).ShouldBe(["1 3.00"]);
        (await setup.RowsAsync("select household_key, total_sales from insights.daily_household_spend order by 1, 2")).ShouldBe(["1 1.00", "1 2.00", "2 5.00", "2 5.00"]);
        (await setup.RowsAsync("select state from catalog.runs where state = 'pending'")).ShouldBeEmpty("What a test found, it would find again.");
    }

    [Fact]
    public async Task Run_WithLostFile_FailsAndIsTriedAgainABoundedNumberOfTimes()
    {
        await using var setup = await WithOneHouseholdAsync();
        File.Delete(setup.Lake.Layout.FullPath(setup.Lake.Inputs.Loads[0].Files[0]));
        var worker = setup.Worker(settings: [("Transform:MaxAttempts", "2"), ("Transform:RetryDelay", "00:00:00.100")]);

        await WorkerSetup.RunAsync(worker);
        var retry = await WorkerSetup.TakeAsync(worker);
        await worker.Services.GetRequiredService<RunWork>().DoAsync(retry, TestContext.Current.CancellationToken);

        retry.Attempt.ShouldBe(2);
        (await setup.RowsAsync("select state, attempt from catalog.runs order by id")).ShouldBe(["failed 1", "failed 2"]);
        (await setup.RowAsync("select engine_text from catalog.runs where attempt = 2")).ShouldContain("part-00000.parquet");
    }

    [Fact]
    public async Task Run_TakenOverByAnotherWorker_IsNotPublishedByTheFirst()
    {
        await using var setup = await WithOneHouseholdAsync();
        var (stale, other) = (setup.Worker(), setup.Worker());
        await stale.Services.GetRequiredService<RunRequests>().RequestAsync("test", TestContext.Current.CancellationToken);
        var lease = await WorkerSetup.TakeAsync(stale);
        await setup.ExecuteAsync("update catalog.runs set lease_until = clock_timestamp() - interval '1 second'");
        var newer = await WorkerSetup.TakeAsync(other);

        await stale.Services.GetRequiredService<RunWork>().DoAsync(lease, TestContext.Current.CancellationToken);
        var afterStale = await setup.RowAsync("select state, version, (select count(*) from insights.versions) from catalog.runs");
        await other.Services.GetRequiredService<RunWork>().DoAsync(newer, TestContext.Current.CancellationToken);

        (newer.RunId, newer.Fence).ShouldBe((lease.RunId, lease.Fence + 1));
        afterStale.ShouldBe("running - 0");
        (await setup.RowAsync("select state, version, (select count(*) from insights.versions) from catalog.runs")).ShouldBe("published 1 1");
        (await setup.RowsAsync("select nspname from pg_namespace where nspname like 'insights\\_%'")).ShouldBe(["insights_v000001"]);
    }

    [Fact]
    public async Task Run_WhileAnotherIsRunning_IsNotTaken()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker(settings: [("Transform:GatherWindow", "00:00:00"), ("Transform:MaxGather", "00:00:00")]);
        var requests = worker.Services.GetRequiredService<RunRequests>();
        await requests.RequestAsync("first", TestContext.Current.CancellationToken);
        await WorkerSetup.TakeAsync(worker);

        await requests.RequestAsync("second", TestContext.Current.CancellationToken);
        var taken = await worker.Services.GetRequiredService<RunLeases>().TakeAsync(TestContext.Current.CancellationToken);

        taken.ShouldBeNull();
        (await setup.RowsAsync("select state from catalog.runs order by id")).ShouldBe(["running", "pending"]);
    }

    [Fact]
    public async Task Run_AbandonedByTooManyWorkers_Fails()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker(settings: ("Transform:MaxAttempts", "1"));
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", TestContext.Current.CancellationToken);
        await WorkerSetup.TakeAsync(worker);
        await setup.ExecuteAsync("update catalog.runs set lease_until = clock_timestamp() - interval '1 second'");

        var lease = await WorkerSetup.TakeAsync(worker);
        await worker.Services.GetRequiredService<RunWork>().DoAsync(lease, TestContext.Current.CancellationToken);

        (await setup.RowAsync("select state, engine_text, array_to_string(suspected_loads, ',') from catalog.runs")).ShouldBe("failed Abandoned by 1 workers in turn. 1,2");
    }

    [Fact]
    public async Task RegularReconciliation_OfLoadWithoutMessage_AsksForRunOnce()
    {
        await using var setup = await WithOneHouseholdAsync();
        var reconciliation = setup.Worker().Services.GetRequiredService<Reconciliation>();

        await reconciliation.RegularlyAsync(TestContext.Current.CancellationToken);
        await reconciliation.RegularlyAsync(TestContext.Current.CancellationToken);

        (await setup.RowsAsync("select state, reason from catalog.runs")).ShouldBe(["pending load 1, found without message"]);
    }

    [Fact]
    public async Task StartReconciliation_OfPublishedInputs_AsksForNothing()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);

        await worker.Services.GetRequiredService<Reconciliation>().AtStartAsync(TestContext.Current.CancellationToken);

        (await setup.RowsAsync("select state from catalog.runs")).ShouldBe(["published"]);
    }

    private async Task<WorkerSetup> WithOneHouseholdAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        return setup;
    }
}
