using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Migrator.Roles;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Tests.Publishing;

public sealed class VersionTests(PostgresFixture postgres)
{
    private const string Schemas = "select nspname from pg_namespace where nspname like 'insights\\_%' order by 1";

    [Fact]
    public async Task Publish_BeyondKeptVersions_RemovesOldestAndOrphans()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.ExecuteAsync("create schema insights_v000077; create schema insights_build_9_1");
        var worker = setup.Worker(settings: ("Transform:KeepVersions", "2"));
        for (var version = 1; version <= 3; version++)
        {
            await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(version, version * 10, 101, 1, "1.00"), Rows.Line(version, version * 10, 102, 1, "1.00"));
            await WorkerSetup.RunAsync(worker);
        }

        (await setup.RowsAsync(Schemas)).ShouldBe(["insights_v000002", "insights_v000003"]);
        (await setup.RowsAsync("select version, schema_name from insights.versions order by 1")).ShouldBe(["2 insights_v000002", "3 insights_v000003"]);
        (await setup.RowAsync("select count(*) from insights.household_summary")).ShouldBe("3");
        (await setup.RowAsync("select count(*) from insights_v000002.household_summary")).ShouldBe("2");
    }

    /// <summary>It comes when no further run is waiting.</summary>
    [Fact]
    public async Task RunLoop_AfterARunThatPublished_RemovesOldVersions()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 200, 230));
        await setup.ExecuteAsync("create schema insights_v000077");
        var worker = setup.Worker();
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", TestContext.Current.CancellationToken);
        var loop = worker.Services.GetServices<IHostedService>().OfType<RunLoop>().Single();

        await loop.StartAsync(TestContext.Current.CancellationToken);
        var left = await Eventually.GetAsync(async () => await setup.RowsAsync(Schemas), schemas => schemas is ["insights_v000001"]);
        await loop.StopAsync(TestContext.Current.CancellationToken);

        left.ShouldBe(["insights_v000001"]);
    }

    [Fact]
    public async Task Publish_OverViewWithOtherColumns_MakesItAnew()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 200, 230));
        await setup.ExecuteAsync("create view insights.campaign_summary as select 'old'::text as description, 1 as gone");

        await WorkerSetup.RunAsync(setup.Worker());

        (await setup.RowAsync("select campaign, description, duration from insights.campaign_summary")).ShouldBe("1 TypeA 31");
    }

    [Fact]
    public async Task Publish_WritesTheOutboxRowAndTheVersionsRecord()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 200, 230));

        var run = await WorkerSetup.RunAsync(setup.Worker(settings: ("Calendar:DayOne", "2020-02-29")));

        (await setup.RowAsync("select body->>'version', body->>'runId' from catalog.outbox where type like '%InsightsPublished'")).ShouldBe($"1 {run}");
        (await setup.RowAsync("select run_id, day_one::text, settings->>'firstDay', schema_name from insights.versions")).ShouldBe($"{run} 2020-02-29 101 insights_v000001");
        (await setup.RowAsync("select array_to_string(columns, ' ') from insights.version_tables where name = 'daily_campaign_sales'")).ShouldBe("campaign day sales_value");
        (await setup.RowAsync("select array_to_string(columns[1:19], ' ') from insights.version_tables where name = 'campaign_summary'")).ShouldBe(
            "campaign description first_day last_day duration listed_products sales_before sales_during sales_after sales_total "
            + "days_before days_during days_after days_total avg_before avg_during avg_after avg_total");
        (await setup.RowAsync("select array_to_string(columns[1:31], ' ') from insights.version_tables where name = 'household_summary'")).ShouldBe(
            "household_key age_45_plus income_50k_plus single_couple_family has_kids single couple first_day last_day baskets r_score f_score m_score rfm_score "
            + "rfm_bin alcohol beverages concessions dairy drug garden grain_goods grocery home_family junk_food kitchen meat misc produce seasonal total_sales");
        (await setup.RowAsync("select array_to_string(columns, ' ') from insights.version_tables where name = 'daily_household_spend'")).ShouldBe(
            "day household_key alcohol beverages concessions dairy drug garden grain_goods grocery home_family junk_food kitchen meat misc produce seasonal total_sales");
    }

    [Fact]
    public async Task Publish_AsTransformerRole_IsReadByReaderRoleOnly()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        var password = Guid.NewGuid().ToString("N");
        var roles = new RoleSetup(setup.Database, Options.Create(new RoleOptions { Transformer = password, Reader = password }));
        await roles.ApplyAsync(TestContext.Current.CancellationToken);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 200, 230));

        var run = await WorkerSetup.RunAsync(setup.Worker(connectionString: As("transformer", password, setup)));
        await using var reader = NpgsqlDataSource.Create(As("reader", password, setup));
        await using var view = reader.CreateCommand("select campaign from insights.campaign_summary");
        await using var table = reader.CreateCommand("select campaign from insights_v000001.campaign_summary");
        await using var runs = reader.CreateCommand("select id from catalog.runs");

        (await setup.RowAsync($"select state, coalesce(error, '') from catalog.runs where id = {run}")).ShouldBe("published ");
        (await view.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        (await table.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        (await Should.ThrowAsync<PostgresException>(() => runs.ExecuteScalarAsync(TestContext.Current.CancellationToken))).SqlState.ShouldBe("42501");
    }

    private static string As(string role, string password, WorkerSetup setup) =>
        new NpgsqlConnectionStringBuilder(setup.ConnectionString) { Username = role, Password = password }.ConnectionString;
}
