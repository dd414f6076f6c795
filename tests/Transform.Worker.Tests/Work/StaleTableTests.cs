using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Migrator.Roles;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Tests.Work;

/// <summary>A model that fails holds nobody else back, and its last good table stays.</summary>
public sealed class StaleTableTests(PostgresFixture postgres)
{
    private const string CampaignState =
        """
        select state, computed_version, array_to_string(suspected_loads, ','), array_to_string(missing_loads, ','), array_to_string(withdrawn_loads, ',')
        from insights.version_tables
        where name = 'campaign_summary' and version = (select max(version) from insights.versions)
        """;

    /// <summary>Of the tables that listings show first; those of the retail desk come behind them.</summary>
    private const string States =
        "select name, state from insights.version_tables where version = (select max(version) from insights.versions) and ordinal < 7 order by ordinal";

    /// <summary>Campaign 666 makes a number overflow, as no accepted row does with the models as they are.</summary>
    private const string Overflow =
        "(select 9223372036854775807 + count(*) filter (campaign = 666) from campaign_desc) > 0";

    [Fact]
    public async Task Run_ModelFails_KeepsItsLastGoodTableUntilTheLoadIsWithdrawn()
    {
        await using var setup = await WithOneCampaignAsync();
        var worker = setup.Worker(Failing("campaign_summary", Overflow), settings: ("Transform:KeepVersions", "1"));
        await WorkerSetup.RunAsync(worker);

        var bad = await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(666, 102, 103));
        var first = await WorkerSetup.RunAsync(worker);
        var afterBad = await setup.RowAsync(CampaignState);
        var since = await setup.RowAsync("select stale_since::text from insights.version_tables where state = 'stale'");
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "5.00"), Rows.Line(2, 21, 102, 1, "5.00"));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync($"select state, version, array_to_string(failed_tables, ','), array_to_string(suspected_loads, ',') from catalog.runs where id = {first}"))
            .ShouldBe($"partial 2 campaign_summary {bad.Id}");
        (await setup.RowAsync($"select error from catalog.runs where id = {first}")).ShouldBe("A number in the data, or a sum of them, is too large to be computed with.");
        (await setup.RowAsync($"select engine_text from catalog.runs where id = {first}")).ShouldStartWith("campaign_summary: Out of Range Error: Overflow in addition");
        afterBad.ShouldBe("stale 1 5 5 ");
        (await setup.RowAsync(CampaignState)).ShouldBe("stale 1 5 5,6 ");
        (await setup.RowAsync("select stale_since::text from insights.version_tables where state = 'stale'")).ShouldBe(since);
        (await setup.RowsAsync("select campaign, sales_total from insights.campaign_summary")).ShouldBe(["1 3.00"], "The table of version 1, which outlives its version.");
        (await setup.RowsAsync("select household_key, total_sales from insights.household_summary order by 1")).ShouldBe(["1 3.00", "2 10.00"]);
        (await setup.RowsAsync("select distinct schemaname from pg_indexes where tablename = 'campaign_summary_rows'")).ShouldBe(["insights_v000001"]);

        await setup.WithdrawAsync(bad);
        var last = await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync($"select state, version, coalesce(error, '-'), array_to_string(suspected_loads, ',') from catalog.runs where id = {last}")).ShouldBe("published 4 - ");
        (await setup.RowAsync(CampaignState)).ShouldBe("fresh 4   ");
        (await setup.RowsAsync("select campaign, sales_total from insights.campaign_summary")).ShouldBe(["1 13.00"]);
    }

    [Fact]
    public async Task Run_FailingStillAfterTheSuspectIsGone_SuspectsTheOthersAndSaysWhatIsWithdrawn()
    {
        await using var setup = await WithOneCampaignAsync();
        var worker = setup.Worker(Failing("campaign_summary", Overflow));
        await WorkerSetup.RunAsync(worker);
        var bad = await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(666, 102, 103));
        await WorkerSetup.RunAsync(worker);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(666, 103, 104), Rows.Campaign(2, 102, 103));
        await WorkerSetup.RunAsync(worker);
        (await setup.RowAsync(CampaignState)).ShouldBe("stale 1 5 5,6 ");

        await setup.WithdrawAsync(bad);
        await setup.ExecuteAsync("update catalog.loads set state = 'withdrawn', withdrawn_at = clock_timestamp() where id = 4");
        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync(CampaignState)).ShouldBe("stale 1 6 6 4");
    }

    [Fact]
    public async Task Run_ModelNeverGood_PublishesTheOthersWithoutIt()
    {
        await using var setup = await WithOneCampaignAsync();
        var bad = await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(666, 102, 103));
        var worker = setup.Worker(Failing("campaign_summary", Overflow));

        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync(CampaignState)).ShouldBe("absent - 1,2,3,4,5 1,2,3,4,5 ", "Nothing was ever good: any load may be the cause.");
        (await setup.RowsAsync("select to_regclass('insights.campaign_summary')::text, to_regclass('insights_v000001.campaign_summary')::text")).ShouldBe(["- -"]);
        (await setup.RowsAsync("select household_key from insights.household_summary")).ShouldBe(["1"]);

        await setup.WithdrawAsync(bad);
        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync(CampaignState)).ShouldBe("fresh 2   ");
        (await setup.RowsAsync("select campaign from insights.campaign_summary")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Run_IntermediateModelFails_StopsWhatIsMadeFromItAndNothingElse()
    {
        await using var setup = await WithOneCampaignAsync();
        await WorkerSetup.RunAsync(setup.Worker());
        await setup.LoadAsync(DatasetNames.Coupons, Rows.Coupon(9, 77));

        await WorkerSetup.RunAsync(setup.Worker(Failing("listed_products", "(select 9223372036854775807 + count(*) filter (campaign = 9) from coupon) > 0")));

        (await setup.RowsAsync(States)).ShouldBe(
            ["household_summary fresh", "daily_household_spend fresh", "daily_campaign_sales stale", "campaign_summary stale", "daily_sales fresh", "store_daily_sales fresh", "orphans fresh"]);
        (await setup.RowsAsync("select distinct array_to_string(suspected_loads, ','), failed_origin from insights.version_tables where state = 'stale'")).ShouldBe(["5 listed_products"]);
        (await setup.RowAsync("select count from insights.version_notices where version = 2 and code = 'campaigns_undescribed'")).ShouldBe("0", "The notice of version 1: this one could not be counted.");
        (await setup.RowAsync("select count from insights.version_notices where version = 2 and code = 'lines_read'")).ShouldBe("2");
    }

    [Fact]
    public async Task Run_FailingAgainOverTheSameLoads_MakesNoVersion()
    {
        await using var setup = await WithOneCampaignAsync();
        var worker = setup.Worker(Failing("campaign_summary", Overflow));
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(666, 102, 103));
        await WorkerSetup.RunAsync(worker);

        var again = await WorkerSetup.RunAsync(worker);
        await worker.Services.GetRequiredService<Reconciliation>().AtStartAsync(TestContext.Current.CancellationToken);

        (await setup.RowAsync($"select state, version, array_to_string(failed_tables, ',') from catalog.runs where id = {again}")).ShouldBe("partial - campaign_summary");
        (await setup.RowsAsync("select version from insights.versions")).ShouldBe(["1"]);
        (await setup.RowsAsync("select nspname from pg_namespace where nspname like 'insights\\_%'")).ShouldBe(["insights_v000001"]);
        (await setup.RowsAsync("select reason from catalog.runs where state = 'pending'")).ShouldBe(["start"], "After a start it is tried again: the cause may have been the machine.");
    }

    [Fact]
    public async Task Run_WithTornFileOfOneDataset_PublishesWhatDoesNotReadItAndTriesAgain()
    {
        await using var setup = await WithOneCampaignAsync();
        var torn = setup.Lake.Layout.FullPath(setup.Lake.Inputs.Loads[2].Files[0]);
        var whole = await File.ReadAllBytesAsync(torn, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(torn, whole[..^20], TestContext.Current.CancellationToken);
        var worker = setup.Worker(settings: ("Transform:RetryDelay", "00:00:00.010"));

        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync(States)).ShouldBe(
            ["household_summary fresh", "daily_household_spend fresh", "daily_campaign_sales fresh", "campaign_summary absent", "daily_sales fresh", "store_daily_sales fresh", "orphans absent"]);
        (await setup.RowAsync(CampaignState)).ShouldStartWith("absent - 3 ");
        (await setup.RowAsync("select error from catalog.runs where state = 'partial'")).ShouldContain("file of the lake cannot be read");

        await File.WriteAllBytesAsync(torn, whole, TestContext.Current.CancellationToken);
        await DoAsync(worker);

        (await setup.RowsAsync("select distinct state from insights.version_tables where version = 2")).ShouldBe(["fresh"]);
    }

    [Fact]
    public async Task Run_WithFileTornLater_SuspectsTheLoadThatItBelongsTo()
    {
        await using var setup = await WithOneCampaignAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);
        await using (var torn = File.OpenWrite(setup.Lake.Layout.FullPath(setup.Lake.Inputs.Loads[2].Files[0])))
        {
            torn.SetLength(torn.Length - 20);
        }

        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(2, 102, 103));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync(CampaignState)).ShouldBe("stale 1 3 5 ");

        // As if a former build had not known the culprit: readers learn of it although the inputs are the same.
        await setup.ExecuteAsync("update insights.version_tables set suspected_loads = '{}' where version = 2");
        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync("select version, array_to_string(suspected_loads, ',') from insights.version_tables where name = 'campaign_summary' order by version desc limit 1")).ShouldBe("3 3");
    }

    [Fact]
    public async Task Run_TableThatPostgresRefuses_IsKeptAsItWas()
    {
        await using var setup = await WithOneCampaignAsync();
        await WorkerSetup.RunAsync(setup.Worker());
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "5.00"), Rows.Line(2, 21, 102, 1, "5.00"));
        var twice = Replaced("daily_sales", text => $"select * from (\n{text}\n) cross join (values (1), (2)) as twice(again)") with { Tests = [] };

        await WorkerSetup.RunAsync(setup.Worker(twice));

        (await setup.RowsAsync(States)).ShouldBe(
            ["household_summary fresh", "daily_household_spend fresh", "daily_campaign_sales fresh", "campaign_summary fresh", "daily_sales stale", "store_daily_sales fresh", "orphans fresh"]);
        (await setup.RowsAsync("select day, lines from insights.daily_sales order by day")).ShouldBe(["101 1", "102 1"]);
        (await setup.RowAsync("select engine_text from insights.version_tables where state = 'stale'")).ShouldContain("23505");
    }

    [Fact]
    public async Task Run_WithCampaignThatEndsBeforeItStarts_PublishesTheOthersWithANotice()
    {
        // Such rows are refused today; a lake may have them from before.
        await using var setup = await WithOneCampaignAsync();
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(8, 460, 412));
        await setup.LoadAsync(DatasetNames.Coupons, Rows.Coupon(8, 1));

        var run = await WorkerSetup.RunAsync(setup.Worker());

        (await setup.RowAsync($"select state, coalesce(error, '-') from catalog.runs where id = {run}")).ShouldBe("published -");
        (await setup.RowsAsync("select campaign, duration from insights.campaign_summary")).ShouldBe(["1 2"]);
        (await setup.RowsAsync("select campaign, day, sales_value from insights.daily_campaign_sales order by 1, 2")).ShouldBe(["1 101 1.00", "1 102 2.00", "8 101 1.00", "8 102 2.00"]);
        (await setup.RowAsync("select count, message from insights.version_notices where code = 'campaigns_end_before_start'"))
            .ShouldBe("1 Campaigns whose END_DAY is before their START_DAY have no summary: withdraw their load, or upload them mended.");
    }

    [Fact]
    public async Task Run_FailedAsAWhole_IsTheFailedRunThatReadersSeeUntilTheNext()
    {
        await using var setup = await WithOneCampaignAsync();
        var worker = setup.Worker(settings: ("Transform:MaxAttempts", "1"));
        await WorkerSetup.RunAsync(worker);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(2, 102, 103));
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", TestContext.Current.CancellationToken);
        await WorkerSetup.TakeAsync(worker);
        await setup.ExecuteAsync("update catalog.runs set lease_until = clock_timestamp() - interval '1 second' where state = 'running'");
        await DoAsync(worker);
        var password = Guid.NewGuid().ToString("N");
        await new RoleSetup(setup.Database, Options.Create(new RoleOptions { Reader = password })).ApplyAsync(TestContext.Current.CancellationToken);
        await using var reader = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(setup.ConnectionString) { Username = "reader", Password = password }.ConnectionString);
        await using var failed = reader.CreateCommand("select id || ' ' || array_to_string(loads, ',') || ' ' || engine_text from insights.failed_run");

        var before = await failed.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        await WorkerSetup.RunAsync(worker);

        before.ShouldBe("2 5 Abandoned by 1 workers in turn.");
        (await failed.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    private static async Task DoAsync(WebApplication worker) =>
        await worker.Services.GetRequiredService<Worker.Work.RunWork>().DoAsync(await WorkerSetup.TakeAsync(worker), TestContext.Current.CancellationToken);

    private static ModelCatalog Failing(string model, string condition) => Replaced(model, text => $"select * from (\n{text}\n) where {condition}");

    private static ModelCatalog Replaced(string model, Func<string, string> change)
    {
        var models = WorkerSetup.EveryLoad;
        return models with
        {
            Models = [.. models.Models.Select(file => string.Equals(file.Name, model, StringComparison.Ordinal) ? file with { Query = change(file.Query) } : file)],
        };
    }

    /// <summary>Loads 1 to 4: two lines of household 1, their product, campaign 1, and its coupon.</summary>
    private async Task<WorkerSetup> WithOneCampaignAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 101, 102));
        await setup.LoadAsync(DatasetNames.Coupons, Rows.Coupon(1, 1));
        return setup;
    }
}
