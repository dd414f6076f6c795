using System.Net;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Dunnhumby.Insights.Api.Tests.Differences;

/// <summary>Two versions compared: <see cref="VersionedJourney"/> explains what differs.</summary>
public sealed class DifferenceTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 2, "3 0 0", "3 0 0", "1 0 ")]
    [InlineData(2, 1, "0 3 0", "0 3 0", "0 1 ")]
    [InlineData(2, 3, "0 3 0", "0 3 0", "0 1 ")]
    [InlineData(3, 2, "3 0 0", "3 0 0", "1 0 ")]
    [InlineData(1, 3, "0 0 0", "0 0 0", "0 0 0")]
    [InlineData(2, 2, "0 0 0", "0 0 0", "0 0 0")]
    public async Task Compare_TwoVersions_CountsRowsOfEachTable(int from, int to, string spend, string sales, string households)
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var tables = (await host.Client.JsonAsync($"/versions/{from}/diff/{to}"))["tables"].ShouldNotBeNull().AsArray();

        // Days 401 of household 2, 300 and 310 of household 3; of households number 3 itself, and those whose figures or ranks change.
        Counts("daily_household_spend").ShouldBe(spend);
        Counts("daily_sales").ShouldBe(sales);
        Counts("household_summary").ShouldStartWith(households);
        tables.Select(table => table?.Text("remark")).ShouldAllBe(remark => remark == null);

        string Counts(string name)
        {
            var table = tables.Single(table => table?.Text("name") is { } named && string.Equals(named, name, StringComparison.Ordinal)).ShouldNotBeNull();
            return $"{table.Text("added")} {table.Text("removed")} {table.Text("changed")}";
        }
    }

    /// <summary>So that both ways of comparing are tested: rows that two versions show of one place, and tables that were copied whole.</summary>
    [Fact]
    public async Task Journey_TablesOfVersions1And2_AreInOnePlaceAndInTwo()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);

        var places = await warehouse.TextsAsync(
            "select name || ' ' || count(distinct rows_schema) from insights.version_tables where version <= 2 and name in ('daily_household_spend', 'household_summary') group by name order by 1",
            Cancellation);

        places.ShouldBe(["daily_household_spend 1", "household_summary 2"]);
    }

    [Fact]
    public async Task Rows_OfATableInOnePlace_AreThoseThatCameByKey()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var rows = await AllAsync(host.Client, "/versions/1/diff/2/daily_household_spend", limit: 2);
        var back = await AllAsync(host.Client, "/versions/2/diff/1/daily_household_spend", limit: 500);

        // By household and day, whichever the table's key names first.
        rows.Select(row => $"{row.Text("kind")} {row["key"]?["household_key"]} {row["key"]?["day"]}").ShouldBe(["added 3 300", "added 3 310", "added 2 401"], ignoreOrder: true);
        back.Select(row => $"{row.Text("kind")} {row["key"]?["household_key"]} {row["key"]?["day"]}").ShouldBe(["removed 3 300", "removed 3 310", "removed 2 401"], ignoreOrder: true);
        rows.Select(row => row["key"]?.ToJsonString()).ShouldBe(back.Select(row => row["key"]?.ToJsonString()), "Both are in the order of the key.");
        var apples = rows.Single(row => row["key"]?["day"]?.ToString() is "401")["values"].ShouldNotBeNull().AsArray();
        apples.Single(value => value?.Text("column") is "produce").ShouldNotBeNull().Text("after").ShouldBe("400.00");
        apples.ShouldAllBe(value => value!["before"] == null);
    }

    [Fact]
    public async Task Rows_OfATableInTwoPlaces_NameTheColumnsThatDiffer()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var rows = await AllAsync(host.Client, "/versions/1/diff/2/household_summary", limit: 1);

        rows.Select(row => row["key"]?["household_key"]?.ToString()).ShouldBe(rows.Select(row => row["key"]?["household_key"]?.ToString()).Order(StringComparer.Ordinal));
        var second = rows.Single(row => row["key"]?["household_key"]?.ToString() is "2");
        second.Text("kind").ShouldBe("changed");
        Changes(second).ShouldContainKeyAndValue("total_sales", "6.25 406.25");
        Changes(second).ShouldContainKeyAndValue("produce", "0.00 400.00");
        Changes(second).ShouldContainKeyAndValue("last_day", "400 401");
        Changes(second).ShouldContainKeyAndValue("baskets", "2 3");
        Changes(second).ShouldNotContainKey("meat");
        rows.Single(row => row["key"]?["household_key"]?.ToString() is "3").Text("kind").ShouldBe("added");

        static Dictionary<string, string> Changes(JsonNode row) => row["values"].ShouldNotBeNull().AsArray()
            .ToDictionary(value => $"{value?["column"]}", value => $"{value?["before"]} {value?["after"]}", StringComparer.Ordinal);
    }

    /// <summary>What the lists of households say of both versions, compared here.</summary>
    [Fact]
    public async Task Segments_OfTwoVersions_AreWhatTheirHouseholdListsSay()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        var before = await BinsAsync(1);
        var after = await BinsAsync(2);
        var expected = before.Where(household => after.TryGetValue(household.Key, out var bin) && bin != household.Value).Select(household => $"{household.Key} {household.Value} {after[household.Key]}").ToList();

        expected.ShouldNotBeEmpty();
        var segments = await host.Client.JsonAsync("/versions/1/diff/2/segments");

        segments["items"].ShouldNotBeNull().AsArray().Select(item => $"{item?["householdKey"]} {item?["from"]} {item?["to"]}").ShouldBe(expected);
        segments["moves"].ShouldNotBeNull().AsArray().Sum(move => (int)move!["households"]!).ShouldBe(expected.Count);

        async Task<SortedDictionary<int, int>> BinsAsync(int version) => new((await host.Client.JsonAsync($"/households?version={version}"))["items"].ShouldNotBeNull().AsArray()
            .ToDictionary(item => (int)item!["householdKey"]!, item => (int)item!["rfmBin"]!));
    }

    /// <summary>By hand: household 1 goes from bin 3 to 4, 2 from 2 to 4, 5 from 1 to 4, 6 from 2 to 1.</summary>
    [Fact]
    public async Task Segments_SeveralMoves_AreCountedPagedAndFiltered()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.PublishAsync(2, Cancellation);
        await warehouse.ExecuteAsync(
            "update insights_v000002.household_summary set rfm_bin = case when household_key = 6 then 1 else 4 end where household_key in (1, 2, 5, 6); "
            + "delete from insights_v000002.household_summary where household_key = 7; "
            + "do $$ begin if not exists (select from pg_constraint where conrelid = 'insights_v000001.household_summary'::regclass and contype = 'p') then "
            + "alter table insights_v000001.household_summary add primary key (household_key); alter table insights_v000002.household_summary add primary key (household_key); end if; end $$",
            Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var first = await host.Client.JsonAsync("/versions/1/diff/2/segments?limit=3");
        var second = await host.Client.JsonAsync($"/versions/1/diff/2/segments?limit=3&after={first.Text("next")}");
        var filtered = await host.Client.JsonAsync("/versions/1/diff/2/segments?was=2&became=4");

        first["moves"]?.ToJsonString().ShouldBe("""[{"from":1,"to":4,"households":1},{"from":2,"to":1,"households":1},{"from":2,"to":4,"households":1},{"from":3,"to":4,"households":1}]""");
        first["items"]?.ToJsonString().ShouldBe("""[{"householdKey":1,"from":3,"to":4},{"householdKey":2,"from":2,"to":4},{"householdKey":5,"from":1,"to":4}]""");
        second["items"]?.ToJsonString().ShouldBe("""[{"householdKey":6,"from":2,"to":1}]""");
        second.Text("next").ShouldBeNull();
        filtered["items"]?.ToJsonString().ShouldBe("""[{"householdKey":2,"from":2,"to":4}]""");
        filtered["moves"].ShouldNotBeNull().AsArray().Count.ShouldBe(4, "The moves are of all.");
    }

    [Fact]
    public async Task Compare_SameTwoAgain_Is304()
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        using var first = await host.Client.SendAsync(HttpMethod.Get, "/versions/1/diff/2");
        using var again = await host.Client.SendAsync(HttpMethod.Get, "/versions/1/diff/2", ("If-None-Match", first.Headers.ETag.ShouldNotBeNull().ToString()));
        using var other = await host.Client.SendAsync(HttpMethod.Get, "/versions/2/diff/1", ("If-None-Match", first.Headers.ETag.ToString()));

        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/versions/1/diff/9", HttpStatusCode.NotFound, "unknown-version")]
    [InlineData("/versions/9/diff/1/segments", HttpStatusCode.NotFound, "unknown-version")]
    [InlineData("/versions/0/diff/1", HttpStatusCode.NotFound, "unknown-version")]
    [InlineData("/versions/one/diff/2", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("/versions/1/diff/2/nothing", HttpStatusCode.NotFound, "unknown-table")]
    [InlineData("/versions/1/diff/2/daily_sales?after=x", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("/versions/1/diff/2/daily_sales?after=WyJ4Il0", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("/versions/1/diff/2/daily_sales?after=W251bGxd", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("/versions/1/diff/2/segments?was=6", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("/versions/1/diff/2/segments?after=x", HttpStatusCode.BadRequest, "bad-parameter")]
    [InlineData("/versions/1/diff/2?version=1", HttpStatusCode.BadRequest, "unknown-parameter")]
    public async Task Compare_WhatCannotBe_IsAProblemThatSaysWhy(string address, HttpStatusCode status, string code)
    {
        await using var warehouse = await Warehouse.OfVersionsAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await host.Client.ProblemAsync(address, status)).Text("type").ShouldBe($"urn:dunnhumby:problem:{code}");
    }

    [Fact]
    public async Task Compare_LongerThanAllowed_IsStoppedAndSaysSo()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.PublishAsync(2, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        await using var hurried = host.WithWebHostBuilder(builder => builder.UseSetting("Insights:DifferenceTimeout", "00:00:00.300"));
        using var client = hurried.CreateClient(new WebApplicationFactoryClientOptions());
        client.DefaultRequestHeaders.Add("X-Api-Key", InsightsHost.ReadKey);

        // Whoever compares waits for the table, and there is a bound to that.
        await using var held = await warehouse.HoldAsync("insights_v000002.daily_sales", Cancellation);
        using var response = await client.GetAsync(new Uri("/versions/1/diff/2", UriKind.Relative), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("difference-too-slow");
    }

    [Theory]
    [InlineData("state = 'absent', stale_since = '2026-01-02Z', reason = 'A sum is too large.', engine_text = 'Out of Range'")]
    [InlineData("state = 'waiting', computed_version = null")]
    public async Task Compare_TableThatOneVersionIsWithout_CountsItsRows(string state)
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await warehouse.PublishAsync(1, Cancellation);
        await warehouse.PublishAsync(2, Cancellation);
        await warehouse.ExecuteAsync(
            $"""
            update insights.version_tables
            set {state}, columns = array[]::text[]
            where version = 1 and name = 'daily_sales';
            drop table insights_v000001.daily_sales;
            do $$ begin if not exists (select from pg_constraint where conrelid = 'insights_v000002.daily_sales'::regclass and contype = 'p') then
                alter table insights_v000002.daily_sales add primary key (day); end if; end $$
            """,
            Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var table = (await host.Client.JsonAsync("/versions/1/diff/2"))["tables"].ShouldNotBeNull().AsArray().Single(table => table?.Text("name") is "daily_sales").ShouldNotBeNull();
        var rows = await AllAsync(host.Client, "/versions/1/diff/2/daily_sales", limit: 10);

        $"{table.Text("added")} {table.Text("removed")} {table.Text("changed")}".ShouldBe("2 0 0");
        table.Text("remark").ShouldBe("The former version is without this table.");
        rows.Select(row => $"{row.Text("kind")} {row["key"]?["day"]}").ShouldBe(["added 101", "added 102"]);
    }

    /// <summary>Every row of all pages.</summary>
    private static async Task<List<JsonNode>> AllAsync(HttpClient client, string address, int limit)
    {
        List<JsonNode> rows = [];
        string? next = null;
        do
        {
            var page = await client.JsonAsync($"{address}?limit={limit}{(next is null ? "" : $"&after={next}")}");
            rows.AddRange(page["items"].ShouldNotBeNull().AsArray().Select(item => item.ShouldNotBeNull()));
            next = page.Text("next");
        }
        while (next is not null);

        return rows;
    }
}
