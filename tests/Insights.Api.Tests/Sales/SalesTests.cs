using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Sales;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class SalesTests(PublishedInsights insights)
{
    [Fact]
    public async Task Daily_Published_IsInOrderOfDay() =>
        (await insights.Client.JsonAsync("/sales/daily")).ToJsonString().ShouldBe(
            """
            [{"day":101,"date":"2004-07-01","sales":1234567.80,"baskets":3,"households":2,"lines":7},{"day":102,"date":"2004-07-02","sales":0.05,"baskets":1,"households":1,"lines":1}]
            """);

    [Fact]
    public async Task StoreDays_OneRow_HasEveryFigureAndItsDate() =>
        (await insights.Client.JsonAsync("/sales/stores?store=31&from=102")).ToJsonString().ShouldBe(
            """
            {"items":[{"store":31,"day":102,"date":"2004-07-02","sales":3.30,"baskets":2,"households":1,"lines":3}],"next":null}
            """);

    /// <summary>The rows of SmallVersion.sql, put in order and filtered by hand.</summary>
    [Theory]
    [InlineData("", "31/101 31/102 292/101 292/103 400/102")]
    [InlineData("store=292", "292/101 292/103")]
    [InlineData("from=102", "31/102 292/103 400/102")]
    [InlineData("to=101", "31/101 292/101")]
    [InlineData("from=102&to=102", "31/102 400/102")]
    [InlineData("store=31&from=102&to=103", "31/102")]
    [InlineData("store=-5", "")]
    [InlineData("from=2147483647", "")]
    public async Task StoreDays_FollowedToTheirEnd_GiveEveryRowThatFitsOnceInOrder(string filter, string expected)
    {
        // Page sizes that end inside a store, between two, on the last row, and beyond it.
        foreach (var limit in new[] { 1, 2, 3, 5, 1_000 })
        {
            List<string> seen = [];
            string? after = null;
            do
            {
                var page = await insights.Client.JsonAsync($"/sales/stores?limit={limit}&{filter}{(after is null ? "" : $"&after={after}")}".Replace("&&", "&", StringComparison.Ordinal).TrimEnd('&'));
                var rows = Rows(page);
                rows.Length.ShouldBeLessThanOrEqualTo(limit);
                seen.AddRange(rows);
                after = page.Text("next");
            }
            while (after is not null && seen.Count <= 5);

            string.Join(' ', seen).ShouldBe(expected, $"limit {limit}");
        }
    }

    [Theory]
    [InlineData("limit=0", "limit", "1 to 1000")]
    [InlineData("limit=1001", "limit", "1 to 1000")]
    [InlineData("from=0", "from", "from 1")]
    [InlineData("to=-1", "to", "from 1")]
    [InlineData("to=soon", "to", "whole number")]
    [InlineData("from=103&to=102", "to", "or a later one")]
    [InlineData("store=north", "store", "whole number")]
    [InlineData("after=nonsense", "after", "first page")]
    public async Task StoreDays_BadValue_Is400ThatNamesParameterAndWhatItTakes(string query, string parameter, string expected)
    {
        var problem = await insights.Client.ProblemAsync($"/sales/stores?{query}", HttpStatusCode.BadRequest);

        problem["errors"].ShouldNotBeNull().AsObject().Select(error => error.Key).ShouldBe([parameter]);
        problem["errors"].ShouldNotBeNull().ToString().ShouldContain(expected);
    }

    /// <summary>Well formed, but no key of a row.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("1|2|3")]
    [InlineData("1|2147483648")]
    [InlineData("1.5|2")]
    public async Task StoreDays_CursorThatWeDidNotGive_Is400(string text)
    {
        var problem = await insights.Client.ProblemAsync($"/sales/stores?after={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))}", HttpStatusCode.BadRequest);

        problem["errors"].ShouldNotBeNull()["after"].ShouldNotBeNull();
    }

    /// <summary>Store 31: 7.80 + 3.30 and 2 + 3 lines; store 292: 1,234,560.00 + 0.05 and 5 + 1 lines.</summary>
    [Fact]
    public async Task Stores_Published_AddUpTheirDays() =>
        (await insights.Client.JsonAsync("/stores")).ToJsonString().ShouldBe(
            """
            [{"store":31,"sales":11.10,"lines":5,"days":2,"firstDay":101,"firstDate":"2004-07-01","lastDay":102,"lastDate":"2004-07-02"},
            {"store":292,"sales":1234560.05,"lines":6,"days":2,"firstDay":101,"firstDate":"2004-07-01","lastDay":103,"lastDate":"2004-07-03"},
            {"store":400,"sales":2.20,"lines":1,"days":1,"firstDay":102,"firstDate":"2004-07-02","lastDay":102,"lastDate":"2004-07-02"}]
            """.ReplaceLineEndings(""));

    private static string[] Rows(JsonNode page) =>
        [.. page["items"].ShouldNotBeNull().AsArray().Select(row => $"{row.ShouldNotBeNull().Text("store")}/{row.Text("day")}")];
}

/// <summary>Reads of stores from versions that have no such table.</summary>
public sealed class StoresWithoutTableTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stores_BeforeTheFirstVersion_AreEmpty()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await host.Client.JsonAsync("/sales/stores")).ToJsonString().ShouldBe("""{"items":[],"next":null}""");
        (await host.Client.JsonAsync("/stores")).ToJsonString().ShouldBe("[]");
    }

    [Fact]
    public async Task Stores_VersionFromBeforeTheTable_Are404ThatNamesTheTables()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.ExecuteAsync("delete from insights.version_tables where name = 'store_daily_sales'; drop table insights_v000001.store_daily_sales", Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        foreach (var address in new[] { "/sales/stores", "/stores" })
        {
            var problem = await host.Client.ProblemAsync(address, HttpStatusCode.NotFound);
            problem.Text("title").ShouldBe("There is no table 'store_daily_sales'.");
        }
    }
}
