using System.Net;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Lineage;

/// <summary>What the worker keeps of a version's lineage, as the API serves it. The journey has eight loads, one of each data set: transactions first.</summary>
public sealed class LineageTests(PostgresFixture postgres)
{
    /// <summary>The tables of the small version that is not the worker's.</summary>
    private static readonly string[] Small =
        ["household_summary", "daily_household_spend", "daily_campaign_sales", "campaign_summary", "daily_sales", "store_daily_sales", "orphans"];

    private static readonly string[] Published =
    [
        .. Small,
        "sales_daily", "sales_weekly", "store_weekly", "sales_by_hour", "basket_profile", "excluded_sales",
        "product_summary", "product_weekly", "department_summary", "private_label_share", "store_summary",
        "household_segments", "segment_migration", "segment_summary", "cohort_retention",
        "basket_affinity",
        "campaign_performance", "coupon_performance",
        "search_entries", "search_words",
    ];

    [Fact]
    public async Task Get_OfWhatTheWorkerPublished_LeadsFromTheFilesToThePages()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var graph = await host.Client.JsonAsync("/lineage");

        graph.Text("version").ShouldBe("1");
        graph.Text("runId").ShouldNotBeNullOrEmpty();
        var tables = graph["tables"].ShouldNotBeNull().AsArray();
        tables.Where(table => table!.Text("kind") is "table").Select(table => table!.Text("name")).ShouldBe(Published, ignoreOrder: true);
        tables.Count(table => table!.Text("kind") is "dataset").ShouldBe(8);
        var daily = Named(tables, "daily_sales");
        Texts(daily["inputs"]).ShouldBe(["basket_sales"]);
        // sum(sales_value) from basket_sales, in decimal(18, 2).
        var sales = Named(daily["columns"]!.AsArray(), "sales_value");
        sales.Text("type").ShouldBe("decimal(18,2)");
        sales.Text("unit").ShouldBe("dollars");
        sales["from"]!.ToJsonString().ShouldBe("""[{"table":"basket_sales","column":"sales_value","how":"aggregated"}]""");
        var freshness = daily["freshness"].ShouldNotBeNull();
        freshness.Text("state").ShouldBe("fresh");
        freshness.Text("computedVersion").ShouldBe("1");
        freshness.Text("rows").ShouldBe("3");
        // Of transactions, and of products, which say what is left out: loads 1 and 2 of the eight.
        Texts(freshness["loads"]).ShouldBe(await LoadsAsync(host, "transaction_data", "product"));
        Named(tables, "coupon")["freshness"].ShouldNotBeNull().Text("state").ShouldBe("loaded");
        Named(tables, "cleaned_lines")["freshness"].ShouldBeNull();
        graph["pages"]!.AsArray().ShouldContain(page => page!.Text("address") == "/orphans");
        foreach (var address in graph["pages"]!.AsArray().SelectMany(page => Texts(page!["endpoints"])))
        {
            graph["endpoints"]!.AsArray().ShouldContain(endpoint => endpoint!.Text("address") == address, address);
        }
    }

    [Fact]
    public async Task Get_AfterATableFailed_SaysWhichLoadsItIsOf()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, TestContext.Current.CancellationToken);
        await warehouse.PublishAsync(1, TestContext.Current.CancellationToken);
        await warehouse.ExecuteAsync(
            """
            update insights.versions set lineage = '[
                {"name":"transaction_data","kind":"dataset","description":"","grain":"","owner":"","inputs":[],"columns":[],"deciders":[],"tests":[],"query":""},
                {"name":"lines","kind":"model","description":"","grain":"","owner":"","inputs":["transaction_data"],"columns":[],"deciders":[],"tests":[],"query":"q"},
                {"name":"daily_sales","kind":"table","description":"","grain":"","owner":"","inputs":["lines"],"columns":[],"deciders":[],"tests":[],"query":"q"}]';
            update insights.version_tables
            set state = 'stale', computed_version = 1, computed_at = '2026-01-01', stale_since = now(), reason = 'Too large.', engine_text = '', missing_loads = '{11}', withdrawn_loads = '{5}'
            where name = 'daily_sales';
            """,
            TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var freshness = Named((await host.Client.JsonAsync("/lineage"))["tables"]!.AsArray(), "daily_sales")["freshness"].ShouldNotBeNull();

        freshness.Text("state").ShouldBe("stale");
        freshness.Text("reason").ShouldBe("Too large.");
        // The version's load of transactions, 11, is missing in it; the withdrawn 5 is still there; 12 is of another data set.
        Texts(freshness["loads"]).ShouldBe(["5"]);
    }

    [Fact]
    public async Task Get_OfAVersionWithoutLineage_HasEndpointsAndNoTables()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, TestContext.Current.CancellationToken);
        await warehouse.PublishAsync(1, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var graph = await host.Client.JsonAsync("/lineage");

        graph["tables"]!.AsArray().ShouldBeEmpty();
        Texts(Named(graph["endpoints"]!.AsArray(), "/campaigns/{campaign}/daily-sales", "address")["tables"]).ShouldBe(["daily_campaign_sales", "campaign_summary"]);
        Texts(Named(graph["endpoints"]!.AsArray(), "/tables/{name}", "address")["tables"]).ShouldBe(Small);
        (await host.Client.JsonAsync("/tables")).AsArray().ShouldAllBe(table => table!["about"] == null);
    }

    [Fact]
    public async Task About_OfWhatTheWorkerPublished_SaysWhatEveryColumnHolds()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        foreach (var table in (await host.Client.JsonAsync("/tables")).AsArray())
        {
            var about = table!["about"].ShouldNotBeNull();
            about.Text("description").ShouldNotBeNullOrEmpty();
            about.Text("owner").ShouldBe("transform");
            about["columns"]!.AsArray().Select(column => column!.Text("name")).ShouldBe(Texts(table["columns"]));
            about["columns"]!.AsArray().ShouldAllBe(column => column!.Text("description")!.EndsWith('.'));
            (await host.Client.JsonAsync($"/tables/{table.Text("name")}/about")).ToJsonString().ShouldBe(table.ToJsonString());
        }

        (await host.Client.ProblemAsync("/tables/nothing/about", HttpStatusCode.NotFound)).Text("type").ShouldBe("urn:dunnhumby:problem:unknown-table");
    }

    private static JsonNode Named(JsonArray items, string name, string member = "name") =>
        items.Single(item => string.Equals(item!.Text(member), name, StringComparison.Ordinal)).ShouldNotBeNull();

    private static string[] Texts(JsonNode? list) => [.. list.ShouldNotBeNull().AsArray().Select(item => item.ShouldNotBeNull().ToString())];

    private static async Task<string[]> LoadsAsync(InsightsHost host, params string[] datasets) =>
    [
        .. (await host.Client.JsonAsync("/version"))["loads"]!.AsArray()
            .Where(load => datasets.Contains(load!.Text("dataset"), StringComparer.Ordinal)).Select(load => load!.Text("id")!).Order(StringComparer.Ordinal),
    ];
}
