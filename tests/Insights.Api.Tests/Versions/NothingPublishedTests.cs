using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Versions;

public sealed class NothingPublishedTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Reads_BeforeTheFirstVersion_AreEmptyOrSayWhatToDo()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await host.Client.JsonAsync("/version")).ToJsonString()
            .ShouldBe("""{"version":0,"publishedAt":null,"dayOne":null,"loads":[],"tables":[],"notices":[],"stale":false,"staleTables":[],"waitingTables":[],"failedRun":null,"republishes":null,"heldSince":null}""");
        (await host.Client.JsonAsync("/households")).ToJsonString().ShouldBe("""{"items":[],"next":null}""");
        foreach (var list in new[] { "/campaigns", "/sales/daily", "/tables" })
        {
            (await host.Client.JsonAsync(list)).ToJsonString().ShouldBe("[]", list);
        }

        (await host.Client.JsonAsync("/lineage"))["tables"].ShouldNotBeNull().ToJsonString().ShouldBe("[]");
        foreach (var single in new[] { "/households/1", "/households/1/daily-spend", "/campaigns/1", "/campaigns/1/daily-sales", "/tables/household_summary", "/tables/household_summary/about" })
        {
            var problem = await host.Client.ProblemAsync(single, HttpStatusCode.NotFound);
            problem.Text("type").ShouldBe("urn:dunnhumby:problem:no-insights-yet", single);
            problem.Text("detail").ShouldNotBeNull().ShouldContain("POST /loads/{dataset}");
        }
    }
}
