using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Versions;

public sealed class StaleTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Version_WithStaleTable_SaysWhyAndItsFiguresAreServed()
    {
        await using var warehouse = await PublishedAsync(
            """
            update insights.version_tables
            set state = 'stale', computed_version = 1, computed_at = '2026-01-01Z', stale_since = '2026-01-02Z', reason = 'A sum is too large.', engine_text = 'Out of Range',
                suspected_loads = '{12}', missing_loads = '{12,13}', withdrawn_loads = '{3}'
            where name = 'campaign_summary'
            """);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var version = await host.Client.JsonAsync("/version");

        version.Text("stale").ShouldBe("true");
        version["staleTables"]?.ToJsonString().ShouldBe(
            """
            [{"name":"campaign_summary","subject":"campaigns","isAbsent":false,"computedVersion":1,"computedAt":"2026-01-01T00:00:00\u002B00:00",
            "since":"2026-01-02T00:00:00\u002B00:00","reason":"A sum is too large.","engineText":"Out of Range","suspectedLoads":[12],"missingLoads":[12,13],"withdrawnLoads":[3]}]
            """.ReplaceLineEndings(""));
        version["tables"]?.AsArray().Count.ShouldBe(7);
        using var campaigns = await host.Client.SendAsync(HttpMethod.Get, "/campaigns");
        campaigns.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Version_WithATableOnSchedule_SaysOfWhichLoadsItIs()
    {
        await using var warehouse = await PublishedAsync(
            """
            update insights.version_tables set state = 'waiting', computed_version = 1, computed_at = '2026-01-01Z', missing_loads = '{12}', withdrawn_loads = '{3}' where name = 'daily_sales';
            update insights.version_tables set state = 'waiting', columns = '{}', rows = 0, missing_loads = '{11,12}' where name = 'store_daily_sales';
            drop table insights_v000001.store_daily_sales;
            """);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var version = await host.Client.JsonAsync("/version");

        version.Text("stale").ShouldBe("false");
        version["waitingTables"]?.ToJsonString().ShouldBe(
            """
            [{"name":"daily_sales","computedVersion":1,"computedAt":"2026-01-01T00:00:00\u002B00:00","missingLoads":[12],"withdrawnLoads":[3]},
            {"name":"store_daily_sales","computedVersion":null,"computedAt":null,"missingLoads":[11,12],"withdrawnLoads":[]}]
            """.ReplaceLineEndings(""));
        (await host.Client.JsonAsync("/versions"))["items"].ShouldNotBeNull()[0].ShouldNotBeNull()["staleTables"].ShouldNotBeNull().AsArray().ShouldBeEmpty("Such a table is not out of date by a failure.");
        version["tables"]?.AsArray().Count.ShouldBe(6);
        using var served = await host.Client.SendAsync(HttpMethod.Get, "/tables/daily_sales");
        served.StatusCode.ShouldBe(HttpStatusCode.OK);
        var problem = await host.Client.ProblemAsync("/tables/store_daily_sales", HttpStatusCode.ServiceUnavailable);
        problem.Text("title").ShouldBe("There is no store_daily_sales yet.");
        problem.Text("detail").ShouldNotBeNull().ShouldContain("GET /schedules");
    }

    [Fact]
    public async Task Reads_OfTableThatNeverWas_AreRefusedWithTheReasonAndOthersServed()
    {
        await using var warehouse = await PublishedAsync(
            """
            update insights.version_tables
            set state = 'absent', stale_since = '2026-01-02Z', reason = 'A sum is too large.', engine_text = 'Out of Range', suspected_loads = '{12}', missing_loads = '{12}', columns = '{}'
            where name = 'campaign_summary';
            drop table insights_v000001.campaign_summary;
            """);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        foreach (var address in new[] { "/campaigns", "/campaigns/1", "/tables/campaign_summary" })
        {
            var problem = await host.Client.ProblemAsync(address, HttpStatusCode.ServiceUnavailable);

            problem.Text("title").ShouldBe("There are no figures of campaigns yet.");
            problem.Text("detail").ShouldNotBeNull().ShouldContain("A sum is too large. Suspected: load 12.");
        }

        foreach (var address in new[] { "/households/1", "/sales/daily", "/campaigns/1/daily-sales", "/campaigns/3/daily-sales", "/tables/daily_campaign_sales", "/orphans" })
        {
            using var response = await host.Client.SendAsync(HttpMethod.Get, address);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }

        (await host.Client.JsonAsync("/version"))["tables"]?.AsArray().Select(table => table?["name"]?.ToString()).ShouldAllBe(name => !string.Equals(name, "campaign_summary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("household_summary", "/households", "/households/1", "/tables/household_summary")]
    [InlineData("daily_household_spend", "/households/1/daily-spend", "/tables/daily_household_spend")]
    [InlineData("campaign_summary", "/campaigns", "/campaigns/1", "/tables/campaign_summary")]
    [InlineData("daily_campaign_sales", "/campaigns/1/daily-sales", "/tables/daily_campaign_sales")]
    [InlineData("daily_sales", "/sales/daily", "/tables/daily_sales")]
    [InlineData("store_daily_sales", "/sales/stores", "/stores", "/tables/store_daily_sales")]
    [InlineData("orphans", "/orphans", "/tables/orphans")]
    public async Task Reads_WithoutOneTable_AreAllServedButThoseOfTheTable(string table, params string[] refused)
    {
        string[] addresses =
        [
            "/households", "/households/1", "/households/1/daily-spend", "/campaigns", "/campaigns/1", "/campaigns/1/daily-sales", "/sales/daily", "/sales/stores", "/stores", "/orphans", "/tables",
            "/tables/household_summary", "/tables/daily_household_spend", "/tables/campaign_summary", "/tables/daily_campaign_sales", "/tables/daily_sales", "/tables/store_daily_sales", "/tables/orphans",
        ];
        await using var warehouse = await PublishedAsync(
            $"""
            update insights.version_tables
            set state = 'absent', stale_since = '2026-01-02Z', reason = 'A sum is too large.', engine_text = 'Out of Range', suspected_loads = '{"{12}"}', missing_loads = '{"{12}"}', columns = '{"{}"}'
            where name = '{table}';
            drop table insights_v000001.{table};
            """);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        foreach (var address in addresses.Except(refused, StringComparer.Ordinal))
        {
            using var response = await host.Client.SendAsync(HttpMethod.Get, address);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }

        foreach (var address in refused)
        {
            (await host.Client.ProblemAsync(address, HttpStatusCode.ServiceUnavailable)).Text("type").ShouldBe("urn:dunnhumby:problem:table-missing", address);
        }
    }

    [Fact]
    public async Task Version_AfterARunThatFailed_IsStaleInAllTablesUntilTheNextRun()
    {
        await using var warehouse = await PublishedAsync(
            """
            insert into catalog.runs (id, state, reason, requested_at, last_requested_at, finished_at, fence, error, engine_text, suspected_loads)
            overriding system value
            values (18, 'failed', 'load 13', '2026-01-03Z', '2026-01-03Z', '2026-01-03Z', 1, 'The database did not take it.', '53100', '{13}')
            """);
        await using var host = new InsightsHost(warehouse.ReaderConnection, poll: TimeSpan.FromMilliseconds(50));

        var version = await host.Client.JsonAsync("/version");
        using var tagged = await host.Client.SendAsync(HttpMethod.Get, "/version", ("If-None-Match", "\"v1\""));

        version["failedRun"]?.ToJsonString().ShouldBe(
            """{"id":18,"failedAt":"2026-01-03T00:00:00\u002B00:00","reason":"The database did not take it.","engineText":"53100","loads":[13]}""");
        version["staleTables"]?.AsArray().Count.ShouldBe(7);
        version["staleTables"]?[0]?["missingLoads"]?.ToJsonString().ShouldBe("[13]");
        tagged.StatusCode.ShouldBe(HttpStatusCode.OK, "What a client knows of version 1 is no longer all.");
        tagged.Headers.ETag?.ToString().ShouldBe("\"v1.r18\"");

        await warehouse.ExecuteAsync(
            """
            insert into catalog.runs (id, state, reason, requested_at, last_requested_at, finished_at, fence) overriding system value
            values (19, 'unchanged', 'schedule', '2026-01-04Z', '2026-01-04Z', '2026-01-04Z', 1)
            """,
            Cancellation);
        await Eventually.TrueAsync(async () => (await host.Client.JsonAsync("/version")).Text("stale") is "false", what: "the later run is heeded");
    }

    [Fact]
    public async Task Figures_OfABillionLargestLines_AreServedExactly()
    {
        // A billion lines of 9,999,999.99 on one day.
        await using var warehouse = await PublishedAsync(
            """
            alter table insights_v000001.campaign_summary alter avg_total type numeric(24, 6);
            update insights_v000001.campaign_summary set sales_total = 9999999990000000.00, avg_total = 9999999990000000.000001 where campaign = 1;
            update insights_v000001.daily_sales set sales_value = 9999999990000000.00 where day = 101;
            update insights_v000001.household_summary set total_sales = 9999999990000000.00 where household_key = 1;
            """);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        foreach (var (address, exact) in new[]
        {
            ("/campaigns/1", "\"total\":{\"sales\":9999999990000000.00,\"days\":608,\"average\":9999999990000000.000001}"),
            ("/sales/daily", "\"sales\":9999999990000000.00"),
            ("/households?sort=-totalSales&limit=1", "\"totalSales\":9999999990000000.00"),
            ("/tables/campaign_summary", "\"avg_total\":9999999990000000.000001"),
        })
        {
            using var response = await host.Client.SendAsync(HttpMethod.Get, address);
            (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain(exact);
        }
    }

    private async Task<Warehouse> PublishedAsync(string change)
    {
        var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.ExecuteAsync(change, Cancellation);
        return warehouse;
    }
}
