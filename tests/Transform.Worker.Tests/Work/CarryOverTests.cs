using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Work;

/// <summary>What a run does not compute again.</summary>
public sealed class CarryOverTests(PostgresFixture postgres)
{
    /// <summary>The tables that listings show first. Those of the retail desk come behind them and depend on much the same loads.</summary>
    private const int FirstTables = 7;

    private const string Computed = "select name, computed_version from insights.version_tables where version = (select max(version) from insights.versions) and ordinal < 7 order by ordinal";

    private static IEnumerable<string> First => WorkerSetup.EveryLoad.Published.Take(FirstTables).Select(table => table.Name);

    [Fact]
    public async Task Run_LoadThatOneTableReads_ComputesThatTableOnly()
    {
        await using var setup = await WithFiguresAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);

        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 102, 103));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync(Computed)).ShouldBe(
        [
            "household_summary 1", "daily_household_spend 1", "daily_campaign_sales 1", "campaign_summary 2", "daily_sales 1", "store_daily_sales 1", "orphans 2",
        ]);
        (await setup.RowsAsync($"select relname, relkind from pg_class where relnamespace = 'insights_v000002'::regnamespace and {IsFirst} and relkind in ('r', 'v') order by 1")).ShouldBe(
        [
            "campaign_summary v", "campaign_summary_rows r", "daily_campaign_sales v", "daily_household_spend v", "daily_sales v", "household_summary v", "orphans v",
            "orphans_rows r", "store_daily_sales v",
        ]);
        (await setup.RowsAsync("select household_key, total_sales from insights.household_summary order by 1")).ShouldBe(["1 3.00", "2 6.00"]);
        (await setup.RowAsync("select campaign, first_day from insights.campaign_summary")).ShouldBe("1 102");
    }

    [Fact]
    public async Task Run_NoticesOfWhatIsCarried_StayAsTheyWere()
    {
        await using var setup = await WithFiguresAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 102, 103));

        await WorkerSetup.RunAsync(worker);

        var notices = await NoticesAsync(setup);
        notices.ShouldContain(notice => notice.StartsWith("lines_read 4 ", StringComparison.Ordinal));
        await RebuildAsync(worker);
        (await NoticesAsync(setup)).ShouldBe(notices);
    }

    [Fact]
    public async Task Rebuild_ComputesEverything()
    {
        await using var setup = await WithFiguresAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);

        await RebuildAsync(worker);

        (await setup.RowsAsync(Computed)).ShouldBe([.. First.Select(table => $"{table} 2")]);
    }

    [Fact]
    public async Task Run_OtherSettings_ComputesEverything()
    {
        await using var setup = await WithFiguresAsync();
        await WorkerSetup.RunAsync(setup.Worker());

        await WorkerSetup.RunAsync(setup.Worker(settings: ("Reference:FirstDay", "102")));

        (await setup.RowsAsync(Computed)).ShouldBe([.. First.Select(table => $"{table} 2")]);
    }

    [Fact]
    public async Task OldVersions_TableThatANewerVersionShows_StaysUntilItIsComputedAnew()
    {
        await using var setup = await WithFiguresAsync();
        var worker = setup.Worker(settings: ("Transform:KeepVersions", "1"));
        await WorkerSetup.RunAsync(worker);
        for (var campaign = 1; campaign <= 3; campaign++)
        {
            await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(campaign, 102, 103));
            await WorkerSetup.RunAsync(worker);
        }

        (await RelationsAsync(setup)).ShouldBe(
        [
            "insights_v000001.daily_campaign_sales_rows", "insights_v000001.daily_household_spend_rows", "insights_v000001.daily_sales_rows",
            "insights_v000001.household_summary_rows", "insights_v000001.store_daily_sales_rows", "insights_v000002.orphans_rows", "insights_v000004.campaign_summary", "insights_v000004.campaign_summary_rows",
            .. First.Select(table => $"insights_v000004.{table}").Where(table => !table.EndsWith("campaign_summary", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        ]);
        (await setup.RowAsync("select count(*) from insights.daily_household_spend")).ShouldBe("4");

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(3, 30, 102, 1, "7.00"), Rows.Line(3, 31, 103, 1, "7.00"));
        await WorkerSetup.RunAsync(worker);

        (await RelationsAsync(setup)).ShouldBe(Of("insights_v000005"));
        (await setup.RowAsync("select count(*) from insights.daily_household_spend")).ShouldBe("6");
    }

    /// <summary>
    /// Random histories of loads and withdrawals, with a run after each step: what a chain of runs carried over and computed is, row for row and notice for
    /// notice, what a rebuild of the same loads computes.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Run_AfterAnyHistory_PublishesWhatARebuildPublishes(int seed)
    {
        var random = new Random(seed);
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        var worker = setup.Worker(settings: [("Transform:KeepVersions", "2"), ("Transform:RefreshUpTo", "1000000")]);
        List<InputLoad> loads = [];
        var carried = 0;
        for (var step = 0; step < 12; step++)
        {
            if (loads.Count > 0 && random.Next(4) == 0)
            {
                var withdrawn = loads[random.Next(loads.Count)];
                loads.Remove(withdrawn);
                await setup.WithdrawAsync(withdrawn);
            }
            else
            {
                loads.Add(await LoadAnyAsync(setup, random));
            }

            await WorkerSetup.RunAsync(worker);
            carried += int.Parse(
                await setup.RowAsync("select count(*) from insights.version_tables where version = (select max(version) from insights.versions) and computed_version < version"));
            if (random.Next(3) == 0 || step == 11)
            {
                var (tables, notices) = (await TablesAsync(setup), await NoticesAsync(setup));
                await RebuildAsync(worker);
                (await TablesAsync(setup)).ShouldBe(tables, $"step {step}");
                (await NoticesAsync(setup)).ShouldBe(notices, $"step {step}");
            }
        }

        carried.ShouldBeGreaterThan(0);
    }

    private async Task<WorkerSetup> WithFiguresAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(
            DatasetNames.Transactions, Rows.Line(1, 10, 102, 1, "1.00"), Rows.Line(1, 11, 103, 1, "2.00"), Rows.Line(2, 20, 102, 1, "5.00"),
            Rows.Line(2, 21, 103, 1, "1.00"));
        return setup;
    }

    private static async Task<InputLoad> LoadAnyAsync(WorkerSetup setup, Random random)
    {
        var product = random.Next(1, 5);
        var (household, campaign, day) = (random.Next(1, 6), random.Next(1, 4), random.Next(101, 140));
        return random.Next(8) switch
        {
            0 or 1 => await setup.LoadAsync(
                DatasetNames.Transactions,
                Enumerable.Range(0, random.Next(1, 6)).Select(line => Rows.Line(household, (household * 100) + day, day, product + line, $"{random.Next(1, 900)}.25"))),
            2 => await setup.LoadAsync(DatasetNames.Products, Enumerable.Range(product, 3).Select(number => Rows.Product(number, random.Next(2) == 0 ? "BEEF" : "COAL"))),
            3 => await setup.LoadAsync(DatasetNames.Demographics, Rows.Household(household, "45-54", "75-99K", "Single Male", "1")),
            4 => await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(campaign, day, day + 20)),
            5 => await setup.LoadAsync(DatasetNames.Coupons, Rows.Coupon(campaign, product, random.Next(1, 4))),
            6 => await setup.LoadAsync(DatasetNames.CampaignHouseholds, $"TypeA,{household},{campaign}"),
            _ => await setup.LoadAsync(DatasetNames.CouponRedemptions, $"{household},{day},{random.Next(1, 4)},{campaign}"),
        };
    }

    private static async Task RebuildAsync(WebApplication worker)
    {
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync(RunRequests.Rebuild, TestContext.Current.CancellationToken);
        var lease = await WorkerSetup.TakeAsync(worker);
        await worker.Services.GetRequiredService<RunWork>().DoAsync(lease, TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<string>> TablesAsync(WorkerSetup setup)
    {
        List<string> rows = [];
        foreach (var table in WorkerSetup.EveryLoad.Published)
        {
            rows.AddRange((await setup.RowsAsync($"select published::text from insights.{table.Name} as published order by 1")).Select(row => $"{table.Name}: {row}"));
        }

        return rows;
    }

    /// <summary>Without those that compare a table's rows with the version before, which a rebuild has another one of.</summary>
    private static Task<IReadOnlyList<string>> NoticesAsync(WorkerSetup setup) => setup.RowsAsync(
        """
        select code, count, ordinal, part, message
        from insights.version_notices
        where version = (select max(version) from insights.versions) and code not like '%\_rows'
        order by ordinal, code
        """);

    private static Task<IReadOnlyList<string>> RelationsAsync(WorkerSetup setup) => setup.RowsAsync(
        $"select concat(nspname, '.', relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace where nspname like 'insights\\_v%' and {IsFirst} and relkind in ('r', 'v') order by 1");

    private static string IsFirst => $"regexp_replace(relname, '_rows$', '') in ({string.Join(", ", First.Select(table => $"'{table}'"))})";

    private static IEnumerable<string> Of(string schema) =>
        First.SelectMany(table => new[] { $"{schema}.{table}", $"{schema}.{table}_rows" }).Order(StringComparer.Ordinal);
}
