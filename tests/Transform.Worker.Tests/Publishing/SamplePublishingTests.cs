using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Tests.Work;

namespace Dunnhumby.Transform.Worker.Tests.Publishing;

/// <summary>The sample's stated figures, as readers get them from Postgres.</summary>
public sealed class SamplePublishingTests(PostgresFixture postgres)
{
    [Fact(SkipUnless = nameof(CompleteJourneySample.Exists), SkipType = typeof(CompleteJourneySample), Skip = CompleteJourneySample.Missing)]
    public async Task Run_OfSample_PublishesStatedFigures()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        foreach (var dataset in DatasetNames.All)
        {
            await setup.RegisterAsync(setup.Lake.AddFile(dataset, CompleteJourneySample.FileOf(dataset)));
        }

        var run = await WorkerSetup.RunAsync(setup.Worker());

        (await setup.RowAsync($"select state, version, coalesce(error, '') from catalog.runs where id = {run}")).ShouldBe("published 1 ");
        (await setup.RowAsync("select count(*), sum(total_sales) from insights.household_summary")).ShouldBe("2262 213783.05");
        (await setup.RowAsync("select count(*), sum(total_sales) from insights.household_summary where has_demographics")).ShouldBe("801 121250.61");
        (await setup.RowAsync("select count(*), sum(total_sales) from insights.daily_household_spend")).ShouldBe("44638 213783.05");
        (await setup.RowAsync("select count(*), sum(sales_value) from insights.daily_campaign_sales")).ShouldBe("6882 347360.56");
        (await setup.RowAsync("select count(*) from insights.campaign_summary")).ShouldBe("27");
        (await setup.RowsAsync("select name, rows from insights.version_tables where ordinal < 4 order by ordinal")).ShouldBe(
            ["household_summary 2262", "daily_household_spend 44638", "daily_campaign_sales 6882", "campaign_summary 27"]);
        (await setup.RowAsync("select count(*) from insights.version_loads")).ShouldBe("8");
    }
}
