using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Versions;

/// <summary>Reads of a version by its number: <see cref="VersionedJourney"/> explains the figures.</summary>
public sealed class AskedVersionTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryAddress_OfAVersion_AnswersFromIt()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        // Household 2 had 6.25, and has 406.25 with the apples of version 2. Version 3 repeats version 1.
        (await host.Client.JsonAsync("/households/2?version=1")).Text("totalSales").ShouldBe("6.25");
        (await host.Client.JsonAsync("/households/2?version=2")).Text("totalSales").ShouldBe("406.25");
        (await host.Client.JsonAsync("/households/2?version=3")).Text("totalSales").ShouldBe("6.25");
        (await host.Client.JsonAsync("/households/2")).Text("totalSales").ShouldBe("6.25");
        (await host.Client.JsonAsync("/households?version=1")).Keys().ShouldBe([1, 2, 4]);
        (await host.Client.JsonAsync("/households?version=2")).Keys().ShouldBe([1, 2, 3, 4]);
        (await host.Client.JsonAsync("/households?limit=2&version=2")).Keys().ShouldBe([1, 2]);
        (await host.Client.ProblemAsync("/households/3?version=1", HttpStatusCode.NotFound)).Text("type").ShouldBe("urn:dunnhumby:problem:unknown-household");
        (await host.Client.JsonAsync("/households/3/daily-spend?version=2"))["days"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        (await host.Client.JsonAsync("/sales/daily?version=1")).AsArray().Count.ShouldBe(43); // 40 days of household 4, and 200, 230, 400.
        (await host.Client.JsonAsync("/sales/daily?version=2")).AsArray().Count.ShouldBe(46);
        (await host.Client.JsonAsync("/tables/daily_sales?version=2")).AsArray().Count.ShouldBe(46);
        (await host.Client.JsonAsync("/campaigns/1/daily-sales?version=1")).AsArray().Count.ShouldBe(42); // Beef and apples: 40, 200 and 230.
        (await host.Client.JsonAsync("/campaigns/1/daily-sales?version=2")).AsArray().Count.ShouldBe(45);
        (await host.Client.JsonAsync("/campaigns?version=1")).AsArray().Count.ShouldBe(1);
        (await host.Client.JsonAsync("/orphans?version=1")).AsArray().Count.ShouldBe(11);
    }

    [Fact]
    public async Task Version_ByNumber_SaysWhatThatVersionIs()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var current = await host.Client.JsonAsync("/version");
        var first = await host.Client.JsonAsync("/version?version=1");
        var second = await host.Client.JsonAsync("/version?version=2");

        (current.Text("version"), current.Text("republishes")).ShouldBe(("3", "1"));
        current.Text("heldSince").ShouldNotBeNull();
        (first.Text("version"), first.Text("republishes"), first.Text("heldSince")).ShouldBe(("1", null, null));
        first["loads"].ShouldNotBeNull().AsArray().Count.ShouldBe(9);
        second["loads"].ShouldNotBeNull().AsArray().Count.ShouldBe(10);
        current["loads"]?.ToJsonString().ShouldBe(first["loads"]?.ToJsonString());
    }

    [Fact]
    public async Task EntityTags_OfVersions_AreTheirOwn()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        using var former = await host.Client.SendAsync(HttpMethod.Get, "/households/1?version=1");
        using var again = await host.Client.SendAsync(HttpMethod.Get, "/households/1?version=1", ("If-None-Match", "\"v1\""));
        using var other = await host.Client.SendAsync(HttpMethod.Get, "/households/1?version=2", ("If-None-Match", "\"v1\""));
        using var current = await host.Client.SendAsync(HttpMethod.Get, "/households/1");

        former.Headers.ETag?.ToString().ShouldBe("\"v1\"");
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.Headers.ETag?.ToString().ShouldBe("\"v2\"");
        // It is held: that changes when it is released, while the version stays.
        current.Headers.ETag?.ToString().ShouldBe("\"v3.h\"");
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("99999999999")]
    [InlineData("1&version=2", "version is given more than once: it takes one value")]
    public async Task Version_ThatIsNoNumber_Is400ThatSaysWhatFits(string version, string detail = "version takes a whole number from 1")
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        foreach (var address in new[] { "/version", "/households", "/households/1", "/tables/daily_sales", "/sales/daily" })
        {
            var problem = await host.Client.ProblemAsync($"{address}?version={version}", HttpStatusCode.BadRequest);
            problem.Text("type").ShouldBe("urn:dunnhumby:problem:bad-parameter");
            problem.Text("detail").ShouldNotBeNull().ShouldContain(detail);
        }
    }

    [Fact]
    public async Task Version_ThatThereNeverWas_Is404()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var problem = await host.Client.ProblemAsync("/households?version=4", HttpStatusCode.NotFound);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:unknown-version");
        problem.Text("detail").ShouldNotBeNull().ShouldStartWith("The newest one is 3.");
    }

    [Fact]
    public async Task Version_WhileNothingIsPublished_Is404()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await host.Client.ProblemAsync("/households?version=1", HttpStatusCode.NotFound)).Text("detail").ShouldBe("Nothing was published yet.");
        (await host.Client.JsonAsync("/versions"))["items"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
    }

    /// <summary>The register loses it first; what was read and remembered of it must not be served from memory.</summary>
    [Fact]
    public async Task Version_RemovedWhileItIsRead_Is410EverywhereFromThenOn()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.PublishAsync(2, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        string[] addresses = ["/version", "/households/1", "/households", "/sales/daily", "/tables/daily_sales", "/orphans"];
        foreach (var address in addresses)
        {
            using var before = await host.Client.SendAsync(HttpMethod.Get, $"{address}?version=1");
            before.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }

        await warehouse.ExecuteAsync("delete from insights.versions where version = 1", Cancellation);
        await warehouse.DropSchemaAsync(1, Cancellation);

        foreach (var address in addresses)
        {
            var problem = await host.Client.ProblemAsync($"{address}?version=1", HttpStatusCode.Gone);
            problem.Text("type").ShouldBe("urn:dunnhumby:problem:version-removed");
            problem.Text("title").ShouldBe("Version 1 was removed.");
        }

        await host.Client.ProblemAsync("/versions/1/diff/2", HttpStatusCode.Gone);
    }

    /// <summary>Between the look-up and the read: the tables are gone, the register says otherwise still.</summary>
    [Fact]
    public async Task Version_WhoseTablesGoBetweenLookUpAndRead_Is410()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.PublishAsync(2, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        await warehouse.DropSchemaAsync(1, Cancellation);

        foreach (var address in new[] { "/households/1", "/households", "/sales/daily", "/tables/daily_sales" })
        {
            await host.Client.ProblemAsync($"{address}?version=1", HttpStatusCode.Gone);
        }
    }

    [Fact]
    public async Task Version_WithStaleAndAbsentTables_SaysSoOfThatVersion()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.PublishAsync(2, Cancellation);
        await warehouse.ExecuteAsync(
            """
            update insights.version_tables
            set state = 'absent', stale_since = '2026-01-02Z', reason = 'A sum is too large.', engine_text = 'Out of Range', columns = '{}'
            where version = 1 and name = 'campaign_summary';
            drop table insights_v000001.campaign_summary;
            update insights.version_tables
            set state = 'stale', stale_since = '2026-01-02Z', reason = 'A sum is too large.', engine_text = 'Out of Range'
            where version = 1 and name = 'daily_sales'
            """,
            Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await host.Client.ProblemAsync("/campaigns?version=1", HttpStatusCode.ServiceUnavailable)).Text("type").ShouldBe("urn:dunnhumby:problem:table-missing");
        (await host.Client.JsonAsync("/version?version=1"))["staleTables"].ShouldNotBeNull().AsArray().Count.ShouldBe(2);
        using var stale = await host.Client.SendAsync(HttpMethod.Get, "/sales/daily?version=1");
        using var current = await host.Client.SendAsync(HttpMethod.Get, "/campaigns");
        (stale.StatusCode, current.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.OK));
        (await host.Client.JsonAsync("/version")).Text("stale").ShouldBe("false");
    }

    [Fact]
    public async Task Hold_Released_ShowsWithoutANewVersion()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.PublishAsync(2, Cancellation);
        await warehouse.ExecuteAsync("update insights.versions set republishes = 1, held_since = '2026-01-03Z' where version = 2", Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection, poll: TimeSpan.FromMilliseconds(50));
        (await host.Client.JsonAsync("/version")).Text("heldSince").ShouldBe("2026-01-03T00:00:00+00:00");

        await warehouse.ExecuteAsync("update insights.versions set held_since = null", Cancellation);

        await Eventually.TrueAsync(async () => (await host.Client.JsonAsync("/version")).Text("heldSince") is null, what: "the release is seen");
        (await host.Client.JsonAsync("/version")).Text("republishes").ShouldBe("1");
    }
}
