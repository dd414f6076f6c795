using System.Globalization;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Work;

/// <summary>
/// Tests that compare a table's rows with the version before. Household 1 buys on days 101 and 102 in one load, and on 103 to 105 in another: five rows of
/// daily_sales, and two of them when the second load is withdrawn.
/// </summary>
public sealed class RowCountTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task Run_WithHalfOfTheRowsGone_SaysSoInThatVersionOnly(double refreshUpTo)
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        var worker = setup.Worker(settings: ("Transform:RefreshUpTo", refreshUpTo.ToString(CultureInfo.InvariantCulture)));
        var second = await LoadAsync(setup);
        await WorkerSetup.RunAsync(worker);
        await setup.WithdrawAsync(second);
        await WorkerSetup.RunAsync(worker);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(7, 200, 230));
        await WorkerSetup.RunAsync(worker);

        // Nothing before version 1; 2 rows are fewer than half of 5; 2 are as many as 2, although daily_sales was not made again.
        (await setup.RowsAsync("select version, count from insights.version_notices where code = 'daily_sales_rows' order by 1")).ShouldBe(["1 0", "2 1", "3 0"]);
        (await setup.RowAsync("select message from insights.version_notices where code = 'daily_sales_rows' and version = 2"))
            .ShouldBe("Another number of rows than expected; the demand is: daily_sales has at least 0.5 times as many rows as in the version before.");
        (await setup.RowsAsync("select day from insights.daily_sales order by 1")).ShouldBe(["101", "102"]);
    }

    [Fact]
    public async Task Run_WithSeverityError_KeepsTheTable()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        var test = new DeclaredTest { Name = "rows_held", Rows = new DeclaredRows { AtLeast = 0.5m } };
        var models = WorkerSetup.EveryLoad;
        models = models with { Tests = [.. models.Tests, ModelTest.Of("daily_sales", test, _ => ["daily_sales"])] };
        var second = await LoadAsync(setup);
        await WorkerSetup.RunAsync(setup.Worker(models));
        await setup.WithdrawAsync(second);

        var run = await WorkerSetup.RunAsync(setup.Worker(models));

        // campaign_summary is made from daily_sales, so it stays as it was too.
        (await setup.RowAsync($"select state, array_to_string(failed_tables, ',') from catalog.runs where id = {run}")).ShouldBe("partial campaign_summary,daily_sales");
        (await setup.RowAsync("select count(*) from insights.daily_sales")).ShouldBe("5");
        (await setup.RowAsync("select count(*) from insights.daily_household_spend")).ShouldBe("2");
    }

    [Theory]
    [InlineData("0.5", "3", "one has 0.5 to 3 times as many rows as in the version before.")]
    [InlineData(null, "3", "one has at most 3 times as many rows as in the version before.")]
    [InlineData("0.5", null, "one has at least 0.5 times as many rows as in the version before.")]
    [InlineData("0", null, null)]
    [InlineData("2", "1", null)]
    [InlineData(null, null, null)]
    public void Rows_OfBounds_SayWhatTheyDemandOrThatTheyAreWrong(string? least, string? most, string? demands)
    {
        var test = new DeclaredTest { Name = "rows", Rows = new DeclaredRows { AtLeast = Number(least), AtMost = Number(most) } };

        if (demands is null)
        {
            Should.Throw<InvalidOperationException>(() => test.Of("one", "one")).Message.ShouldContain("The test rows of the model one needs a check");
        }
        else
        {
            test.Of("one", "one").Demands.ShouldBe(demands);
        }

        static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
    }

    private static async Task<InputLoad> LoadAsync(WorkerSetup setup)
    {
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        return await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "1.00"), Rows.Line(1, 13, 104, 1, "1.00"), Rows.Line(1, 14, 105, 1, "1.00"));
    }
}
