using System.Globalization;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Samples;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Versions;

/// <summary>Every read address over the small journey as the worker publishes it: figures as <see cref="SmallJourney"/> explains them.</summary>
public sealed class JourneyTests(PostgresFixture postgres)
{
    [Fact]
    public async Task EveryAddress_OverWhatTheWorkerPublished_GivesTheJourneysFigures()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var household = await host.Client.JsonAsync("/households/1");
        household.Text("age45Plus").ShouldBe("true");
        household.Text("hasKids").ShouldBe("true");
        household.Text("firstDay").ShouldBe("200");
        household.Text("lastDay").ShouldBe("230");
        household.Text("baskets").ShouldBe("2");
        household.Text("totalSales").ShouldBe("15.75");
        household["sections"].ShouldNotBeNull().Text("meat").ShouldBe("10.00");
        (await host.Client.JsonAsync("/households")).Keys().ShouldBe([1, 2]);

        Texts((await host.Client.JsonAsync("/households/2/daily-spend"))["days"], "day", "total").ShouldBe(["200 5.00", "400 1.25"]);

        // Beef and apples: before day 220 10.00 and 5.00, during the campaign 3.25. The data have the days 200 to 400.
        var campaign = await host.Client.JsonAsync("/campaigns/1");
        campaign.Text("listedProducts").ShouldBe("2");
        Texts(new JsonArray(campaign["before"]?.DeepClone(), campaign["during"]?.DeepClone(), campaign["after"]?.DeepClone()), "sales", "days", "average")
            .ShouldBe(["15.00 20 0.750000", "3.25 21 0.154762", "0.00 160 0.000000"]);
        Texts(await host.Client.JsonAsync("/campaigns"), "campaign").ShouldBe(["1"]);
        Texts(await host.Client.JsonAsync("/campaigns/1/daily-sales"), "day", "sales").ShouldBe(["200 15.00", "230 3.25"]);

        Texts(await host.Client.JsonAsync("/sales/daily"), "day", "sales", "baskets", "households", "lines").ShouldBe(["200 17.50 2 2 3", "230 3.25 1 1 1", "400 1.25 1 1 1"]);
        // Household 1 buys in store 300, household 2 in store 301.
        Texts((await host.Client.JsonAsync("/sales/stores"))["items"], "store", "day", "sales", "baskets", "households", "lines")
            .ShouldBe(["300 200 12.50 1 1 2", "300 230 3.25 1 1 1", "301 200 5.00 1 1 1", "301 400 1.25 1 1 1"]);
        Texts(await host.Client.JsonAsync("/stores"), "store", "sales", "days").ShouldBe(["300 15.75 2", "301 6.25 2"]);
        Texts(await host.Client.JsonAsync("/orphans"), "dataset", "isTargetLoaded").Length.ShouldBe(11);
    }

    [Fact]
    public async Task EveryTable_OverWhatTheWorkerPublished_HasTheRowsAndColumnsThatItsRegisterSays()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var tables = (await host.Client.JsonAsync("/tables")).AsArray();

        tables.Count.ShouldBe(27);
        foreach (var table in tables)
        {
            var rows = (await host.Client.JsonAsync($"/tables/{table.ShouldNotBeNull().Text("name")}")).AsArray();
            rows.Count.ToString(CultureInfo.InvariantCulture).ShouldBe(table.Text("rows"));
            rows[0].ShouldNotBeNull().AsObject().Select(column => column.Key).ShouldBe(table["columns"].ShouldNotBeNull().AsArray().Select(column => (string?)column));
        }
    }

    private static string[] Texts(JsonNode? rows, params string[] members) =>
        [.. rows.ShouldNotBeNull().AsArray().Select(row => string.Join(' ', members.Select(member => row.ShouldNotBeNull().Text(member))))];
}
