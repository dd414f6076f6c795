using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;

namespace Dunnhumby.Transform.Worker.Tests.Publishing;

/// <summary>A version that changes a few rows of a table writes those only, and former versions stay as they were.</summary>
public sealed class RowsTableTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Run_LoadOfADay_AddsItsRowsAndKeepsFormerVersions()
    {
        await using var setup = await WithTwentyDaysAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);
        var before = await setup.RowsAsync(Spend("insights_v000001"));

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 900, 300, 1, "7.00"), Rows.Line(2, 901, 300, 1, "8.00"));
        await WorkerSetup.RunAsync(worker);

        // By hand: 20 days of two households, and one day more of both. Every row of household_summary changes, so that it is copied whole; days and stores gain rows.
        (await setup.RowsAsync("select name, rows_schema, rows_version, rows from insights.version_tables where version = 2 and ordinal < 7 order by ordinal")).ShouldBe(
        [
            "household_summary insights_v000002 2 2", "daily_household_spend insights_v000001 2 42", "daily_campaign_sales insights_v000001 1 0",
            "campaign_summary insights_v000001 1 0", "daily_sales insights_v000001 2 21", "store_daily_sales insights_v000001 2 21", "orphans insights_v000001 1 11",
        ]);
        (await setup.RowsAsync("select from_version, to_version, count(*) from insights_v000001.daily_household_spend_rows group by 1, 2 order by 1")).ShouldBe(
            [$"1 {int.MaxValue} 40", $"2 {int.MaxValue} 2"]);
        (await setup.RowsAsync(Spend("insights_v000001"))).ShouldBe(before);
        (await setup.RowsAsync(Spend("insights"))).ShouldBe([.. before, "300 1 7.00", "300 2 8.00"]);
    }

    [Fact]
    public async Task Run_CorrectedBasket_EndsItsRowForNewVersionsOnly()
    {
        await using var setup = await WithTwentyDaysAsync();
        var worker = setup.Worker(settings: ("Transform:KeepVersions", "2"));
        await WorkerSetup.RunAsync(worker);

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 1102, 102, 1, "5.00"));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync(SpendOfDay102("insights_v000001"))).ShouldBe("1.00");
        (await setup.RowAsync(SpendOfDay102("insights_v000002"))).ShouldBe("5.00");

        // The third version takes the first one with it, and the row that only that one had.
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 902, 301, 1, "8.00"));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync("select version from insights.versions order by 1")).ShouldBe(["2", "3"]);
        (await setup.RowsAsync("select total_sales, from_version from insights_v000001.daily_household_spend_rows where day = 102 and household_key = 1")).ShouldBe(["5.00 2"]);
        (await setup.RowAsync(SpendOfDay102("insights_v000002"))).ShouldBe("5.00");
    }

    [Fact]
    public async Task Run_PublishedRowsAreNotThoseOfTheCache_CopiesTheTableWhole()
    {
        await using var setup = await WithTwentyDaysAsync();
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);
        // Somebody took the row that the next version has to end.
        await setup.ExecuteAsync("delete from insights_v000001.daily_household_spend_rows where day = 102 and household_key = 1");

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 1102, 102, 1, "5.00"));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync("select rows_schema, rows from insights.version_tables where version = 2 and name = 'daily_household_spend'")).ShouldBe("insights_v000002 40");
        (await setup.RowAsync("select count(*), sum(total_sales) from insights.daily_household_spend")).ShouldBe("40 44.00");
    }

    [Fact]
    public async Task Run_CacheIsBehindThePublishedVersion_CopiesWhatDiffers()
    {
        await using var setup = await WithTwentyDaysAsync();
        var first = setup.Worker();
        await WorkerSetup.RunAsync(first);
        // Another worker, with a cache of its own, publishes version 2.
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 900, 300, 1, "7.00"));
        await WorkerSetup.RunAsync(setup.Worker());
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 901, 301, 1, "9.00"));

        await WorkerSetup.RunAsync(first);

        (await setup.RowAsync("select rows_schema, rows from insights.version_tables where version = 3 and name = 'daily_household_spend'")).ShouldBe("insights_v000003 42");
        (await setup.RowAsync("select sum(total_sales) from insights.daily_household_spend where day >= 300")).ShouldBe("16.00");
    }

    private static string Spend(string schema) => $"select day, household_key, total_sales from {schema}.daily_household_spend order by day, household_key";

    private static string SpendOfDay102(string schema) => $"select total_sales from {schema}.daily_household_spend where day = 102 and household_key = 1";

    /// <summary>A line of a dollar for two households on each of the days 101 to 120.</summary>
    private async Task<WorkerSetup> WithTwentyDaysAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(
            DatasetNames.Transactions,
            Enumerable.Range(101, 20).SelectMany(day => Enumerable.Range(1, 2).Select(household => Rows.Line(household, (household * 1_000) + day, day, 1, "1.00"))));
        return setup;
    }
}
