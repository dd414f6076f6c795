using System.Buffers.Text;
using System.Net;
using System.Text;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Fuzzing;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Rows;

/// <summary>What lists of rows cannot answer.</summary>
[Collection(nameof(PublishedDeskGroup))]
public sealed class RowProblemTests(PublishedDesk desk, PostgresFixture postgres)
{
    [Theory]
    [InlineData("/products?limit=0", "limit", "1 to 1000")]
    [InlineData("/products?limit=1001", "limit", "1 to 1000")]
    [InlineData("/products?limit=many", "limit", "whole number")]
    [InlineData("/products?sort=sales", "sort", "sort takes productId, salesValue, units, households, penetration, repeatRate, with")]
    [InlineData("/products?section=diary", "section", "section takes one of alcohol")]
    [InlineData("/products?brand=private", "brand", "National or Private")]
    [InlineData("/products?manufacturer=ACME", "manufacturer", "whole number")]
    [InlineData("/products/beef", "productId", "whole number")]
    [InlineData("/products/99999999999", "productId", "whole number")]
    [InlineData("/products/12/weeks?from=0", "from", "from 1")]
    [InlineData("/products/12/weeks?from=9&to=8", "to", "the same number as from or a larger one")]
    [InlineData("/sales/days?from=9&to=8", "to", "the same number as from or a larger one")]
    [InlineData("/sales/hours?weekday=7", "weekday", "0 to 6")]
    [InlineData("/sales/hours?hour=24", "hour", "0 to 23")]
    [InlineData("/sales/excluded?part=all", "part", "part takes one of loaded")]
    [InlineData("/baskets/profile?measure=lines", "measure", "basket_lines")]
    [InlineData("/baskets/profile?kind=median", "kind", "bin or quantile")]
    [InlineData("/baskets/affinity?level=department", "level", "commodity or product")]
    [InlineData("/baskets/affinity?significant=maybe", "significant", "true or false")]
    [InlineData("/baskets/affinity?minBaskets=0", "minBaskets", "from 1")]
    [InlineData("/segments?segment=best", "segment", "segment takes one of champion")]
    [InlineData("/segments?quarter=-1", "quarter", "from 0")]
    [InlineData("/segments/migration?was=best", "was", "was takes one of champion")]
    [InlineData("/segments/migration?became=none", "became", "became takes one of champion")]
    [InlineData("/cohorts?cohort=-1", "cohort", "from 0")]
    [InlineData("/campaigns/performance?type=A", "type", "TypeA")]
    [InlineData("/campaigns/one/performance", "campaign", "whole number")]
    [InlineData("/coupons/performance?coupon=1e5", "coupon", "whole number")]
    [InlineData("/coupons/performance?sort=-coupon", "sort", "with a minus sign")]
    [InlineData("/products?after=nonsense", "after", "first page")]
    public async Task List_BadValue_Is400ThatNamesParameterAndWhatItTakes(string address, string parameter, string expected)
    {
        var problem = await desk.Client.ProblemAsync(address, HttpStatusCode.BadRequest);

        problem["errors"].ShouldNotBeNull().AsObject().Select(error => error.Key).ShouldBe([parameter]);
        problem["errors"].ShouldNotBeNull().ToString().ShouldContain(expected);
    }

    [Fact]
    public async Task List_LongerThanAllowed_IsStoppedAndSaysSo()
    {
        await using var warehouse = await PublishedDesk.PublishAsync(postgres, TestContext.Current.CancellationToken);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        await using var hurried = host.WithWebHostBuilder(builder => builder.UseSetting("Insights:RowsTimeout", "00:00:00.300"));
        using var client = hurried.CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", InsightsHost.ReadKey);
        await client.JsonAsync("/products?sort=-salesValue");
        await using var held = await warehouse.HoldAsync("insights_v000001.product_summary", TestContext.Current.CancellationToken);

        // The totals of the first are known, so that its rows wait; the second waits for its totals.
        foreach (var address in new[] { "/products?sort=-salesValue", "/products?brand=National" })
        {
            var problem = await client.ProblemAsync(address, HttpStatusCode.ServiceUnavailable);
            problem.Text("type").ShouldBe("urn:dunnhumby:problem:rows-too-slow");
            problem.Text("detail").ShouldNotBeNull().ShouldContain("0.3 s");
        }
    }

    /// <summary>Well formed, but no place in this order: of another order, with too few or too many values, with one of another type, without the value that cannot be missing, with NUL.</summary>
    [Theory]
    [InlineData("/products", "-salesValue|'1.00|'12")]
    [InlineData("/products", "|'1|'2")]
    [InlineData("/products", "|'2147483648")]
    [InlineData("/products", "|~")]
    [InlineData("/products", "|12")]
    [InlineData("/products?sort=salesValue", "salesValue|'much|'12")]
    [InlineData("/products?sort=salesValue", "salesValue|~|'12")]
    [InlineData("/departments", "|'A%00")]
    [InlineData("/departments", "")]
    public async Task List_CursorThatWeDidNotGive_Is400(string address, string text)
    {
        var after = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
        var problem = await desk.Client.ProblemAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}after={after}", HttpStatusCode.BadRequest);

        problem["errors"].ShouldNotBeNull()["after"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/products/1", "unknown-product")]
    [InlineData("/products/1/weeks", "unknown-product")]
    [InlineData("/households/3/segments", "unknown-household")]
    [InlineData("/campaigns/99/performance", "unknown-campaign")]
    public async Task Read_OfAThingThatIsNotThere_Is404(string address, string type) =>
        (await desk.Client.ProblemAsync(address, HttpStatusCode.NotFound)).Text("type").ShouldBe($"urn:dunnhumby:problem:{type}");

    /// <summary>Filters that keep nothing: a product of which no week is kept is there all the same.</summary>
    [Theory]
    [InlineData("/products/12/weeks?from=2000000000")]
    [InlineData("/products?department=TOYS")]
    [InlineData("/products?department=")]
    [InlineData("/stores/summary?store=-5")]
    public async Task List_FiltersThatKeepNothing_IsEmptyWithTotalsOfZero(string address)
    {
        var page = await desk.Client.JsonAsync(address);

        page["items"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        page.Text("next").ShouldBeNull();
        page["totals"].ShouldNotBeNull().ToJsonString().ShouldBe("""{"rows":0,"salesValue":0,"units":0,"lines":0,"retailDiscount":0,"couponDiscount":0,"couponMatchDiscount":0}""");
    }

    [Theory]
    [InlineData("/products")]
    [InlineData("/products/12")]
    [InlineData("/households/1/segments")]
    public async Task Read_LikeOtherReads_HasATagAHeadAndScopes(string address)
    {
        using var answer = await desk.Client.SendAsync(HttpMethod.Get, address);
        using var head = await desk.Client.SendAsync(HttpMethod.Head, address);
        using var known = await desk.Client.SendAsync(HttpMethod.Get, address, ("If-None-Match", "\"v1\""));
        using var uploader = desk.Host.Connect(InsightsHost.IngestKey);
        using var anyone = desk.Host.Connect(key: null);

        answer.Headers.ETag?.ToString().ShouldBe("\"v1\"");
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Headers.ETag?.ToString().ShouldBe("\"v1\"");
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await uploader.ProblemAsync(address, HttpStatusCode.Forbidden);
        await anyone.ProblemAsync(address, HttpStatusCode.Unauthorized);
        (await desk.Client.ProblemAsync($"{address}?version=2", HttpStatusCode.NotFound)).Text("type").ShouldBe("urn:dunnhumby:problem:unknown-version");
        using var named = await desk.Client.SendAsync(HttpMethod.Get, $"{address}?version=1");
        (await named.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Send_OddRequests_AreAnsweredInTimeAndExplained()
    {
        var document = await desk.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        var page = await desk.Client.JsonAsync("/products?limit=1&sort=-salesValue");
        using var run = new FuzzRun(desk.Client.BaseAddress.ShouldNotBeNull(), InsightsHost.ReadKey, desk.ReaderConnection, InsightsHost.ReadKey, "reader-password") { Away = "lines-unavailable" };

        await run.SendAsync(
            [.. FuzzOperation.Read(document)
                .Where(operation => operation.Parameters.Any(parameter => parameter.Name is "sort" or "productId") && !string.Equals(operation.Path, "/households", StringComparison.Ordinal)
                    && !operation.Path.StartsWith("/tables/", StringComparison.Ordinal))
                .Select(operation => operation.With("after", page.Text("next") ?? "").With("productId", "12").With("department", "GROCERY", "MEAT").With("commodity", "BEEF"))],
            4_000);
    }
}

/// <summary>Lists of rows of versions that cannot answer.</summary>
public sealed class RowsWithoutTableTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_BeforeTheFirstVersion_AreEmptyAndOneThingIsNotThere()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await host.Client.JsonAsync("/segments")).ToJsonString().ShouldBe("""{"items":[],"next":null,"totals":{"rows":0,"salesValue":0}}""");
        foreach (var address in new[] { "/products/12", "/products/12/weeks", "/households/1/segments", "/campaigns/1/performance" })
        {
            (await host.Client.ProblemAsync(address, HttpStatusCode.NotFound)).Text("type").ShouldBe("urn:dunnhumby:problem:no-insights-yet", address);
        }
    }

    [Theory]
    [InlineData("state = 'waiting', columns = '{}'", HttpStatusCode.ServiceUnavailable, "There is no product_summary yet.", "GET /schedules")]
    [InlineData(
        "state = 'absent', stale_since = '2026-01-02Z', reason = 'A sum is too large.', engine_text = '', columns = '{}'", HttpStatusCode.ServiceUnavailable,
        "There are no figures of product summary yet.", "A sum is too large.")]
    [InlineData("name = 'products'", HttpStatusCode.NotFound, "There is no table 'product_summary'.", "daily_sales")]
    [InlineData("columns = array_remove(columns, 'manufacturer')", HttpStatusCode.NotFound, "The table product_summary of version 1 has no manufacturer.", "GET /tables/product_summary?version=1")]
    public async Task Rows_VersionWithoutThem_IsRefusedWithWhatToDo(string change, HttpStatusCode expected, string title, string detail)
    {
        await using var warehouse = await PublishedDesk.PublishAsync(postgres, TestContext.Current.CancellationToken);
        await warehouse.ExecuteAsync($"update insights.version_tables set {change} where name = 'product_summary'", Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        foreach (var address in new[] { "/products", "/products/12" })
        {
            var problem = await host.Client.ProblemAsync(address, expected);
            problem.Text("title").ShouldBe(title);
            problem.Text("detail").ShouldNotBeNull().ShouldContain(detail);
        }

        await host.Client.JsonAsync("/products/12/weeks");
    }

    /// <summary>A reader of an old version is told as with all tables, and one of the current version gets the next.</summary>
    [Fact]
    public async Task Rows_OfAVersionThatWasRemoved_Are410()
    {
        await using var warehouse = await PublishedDesk.PublishAsync(postgres, TestContext.Current.CancellationToken);
        await warehouse.PublishAsync(2, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        await host.Client.JsonAsync("/products?version=1");
        await warehouse.DropSchemaAsync(1, Cancellation);

        (await host.Client.ProblemAsync("/products?version=1&sort=units", HttpStatusCode.Gone)).Text("type").ShouldBe("urn:dunnhumby:problem:version-removed");
    }
}
