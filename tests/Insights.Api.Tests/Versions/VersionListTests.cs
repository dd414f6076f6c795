using System.Net;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Versions;

/// <summary>The list of versions: <see cref="VersionedJourney"/> explains them.</summary>
public sealed class VersionListTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_ThreeOfThem_SayHowTheyCameToBe()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var versions = Items(await host.Client.JsonAsync("/versions"));

        versions.Select(version => version.Text("version")).ShouldBe(["3", "2", "1"]);
        versions.Select(version => version.Text("isCurrent")).ShouldBe(["true", "false", "false"]);
        versions.Select(version => version["loadsAdded"]?.ToJsonString()).ShouldBe(["[]", "[10]", "[1,2,3,4,5,6,7,8,9]"]);
        versions.Select(version => version["loadsWithdrawn"]?.ToJsonString()).ShouldBe(["[10]", "[]", "[]"]);
        versions.Select(version => version.Text("republishes")).ShouldBe(["1", null, null]);
        versions.Select(version => version.Text("heldSince") is not null).ShouldBe([true, false, false]);
        versions.Take(2).Select(version => version.Text("reason")).ShouldBe(["back to version 1", "schedule"]);
        versions[2].Text("reason").ShouldBeOneOf("start", "schedule"); // Whichever looks first.
        versions[0].Text("by").ShouldNotBeNull().ShouldStartWith("admin:");
        versions[1].Text("by").ShouldBeNull();
        versions[0]["tablesComputed"]?.AsArray().ShouldBeEmpty();
        versions[2]["tablesComputed"].ShouldNotBeNull().AsArray().ShouldContain(name => string.Equals($"{name}", "household_summary", StringComparison.Ordinal));
        versions[0].Text("rows").ShouldBe(versions[2].Text("rows"));
    }

    [Fact]
    public async Task Versions_PageByPage_MeetEachOnce()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var first = await host.Client.JsonAsync("/versions?limit=2");
        var second = await host.Client.JsonAsync($"/versions?limit=2&after={first.Text("next")}");

        Items(first).Select(version => version.Text("version")).ShouldBe(["3", "2"]);
        Items(second).Select(version => version.Text("version")).ShouldBe(["1"]);
        second.Text("next").ShouldBeNull();
        (await host.Client.ProblemAsync("/versions?after=x", HttpStatusCode.BadRequest)).Text("detail").ShouldNotBeNull().ShouldContain("after takes the next");
        (await host.Client.ProblemAsync("/versions?limit=0", HttpStatusCode.BadRequest)).Text("detail").ShouldNotBeNull().ShouldContain("limit takes");
    }

    [Fact]
    public async Task Versions_BeforeWhichOneIsRemoved_DoNotGuessWhatCame()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(4, Cancellation);
        await warehouse.PublishAsync(5, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var versions = Items(await host.Client.JsonAsync("/versions"));

        versions.Select(version => version["loadsAdded"]?.ToJsonString()).ShouldBe(["[]", null]);
        versions[1].Text("reason").ShouldBeNull();
    }

    private static List<JsonNode> Items(JsonNode page) => [.. page["items"].ShouldNotBeNull().AsArray().Select(item => item.ShouldNotBeNull())];
}
