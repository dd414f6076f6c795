using System.Net;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Dunnhumby.Insights.Api.Tests.Tables;

/// <summary>Pages of rows of the small version, whose rows stand in SmallVersion.sql.</summary>
[Collection(nameof(PublishedInsightsGroup))]
public sealed class RowTests(PublishedInsights insights, PostgresFixture postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Sorted by hand. Who has no kind of household comes last in both directions; the key decides among equals, in the same direction. Households 2, 3 and 6 tie on
    /// sales, 4 and 7 as well.
    /// </summary>
    public static TheoryData<string, int[]> Orders => new()
    {
        { "", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "sort=householdKey", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "sort=-householdKey", [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1] },
        { "sort=singleCoupleFamily", [2, 10, 4, 5, 1, 8, 11, 3, 6, 7, 9] },
        { "sort=-singleCoupleFamily", [11, 8, 1, 5, 4, 10, 2, 9, 7, 6, 3] },
        { "sort=totalSales", [5, 9, 2, 3, 6, 1, 8, 11, 10, 4, 7] },
        { "sort=-totalSales", [7, 4, 10, 11, 8, 1, 6, 3, 2, 9, 5] },
        { "sort=hasKids", [2, 4, 5, 10, 1, 8, 11, 3, 6, 7, 9] },
        { "sort=-hasKids", [11, 8, 1, 10, 5, 4, 2, 9, 7, 6, 3] },
        { "rfmBin=2", [2, 3, 6] },
        { "rfmBin=1&rfmBin=5", [4, 5, 7, 9] },
        { "hasKids=true&sort=-totalSales", [11, 8, 1] },
        { "totalSales=200.10", [4, 7] },
        { "totalSales=20&totalSales=0.99&sort=-totalSales", [6, 3, 2, 9, 5] },
        { "RFMBIN=4", [10] },
        { "rfmBin=4&couple=true", [] },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Rows_FollowedToTheEnd_GiveEachRowOnceInOrder(string query, int[] expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        // Pages that end between ties, between those with and without a value, on the last row, and beyond it.
        foreach (var limit in new[] { 1, 2, 3, 7, 11, 1000 })
        {
            var (rows, totals) = await AllAsync(insights.Client, $"/tables/household_summary/rows?limit={limit}&{query}", expected.Length + 1);

            rows.Select(row => (int)row["household_key"]!).ShouldBe(expected, $"limit {limit}");
            totals.ShouldAllBe(total => total.Text("rows") == $"{expected.Length}", "The totals are of all pages.");
        }
    }

    [Fact]
    public async Task Rows_OfATable_AreAsTheTableHasThem()
    {
        var page = await insights.Client.JsonAsync("/tables/daily_sales/rows");

        page["columns"]!.AsArray().Select(column => $"{column!.Text("name")} {column!.Text("parameter")} {column!.Text("type")} {column!.Text("isKey")}").ShouldBe(
            ["day day integer true", "sales_value salesValue decimal(18,2) false", "baskets baskets integer false", "households households integer false", "lines lines integer false"]);
        page["rows"]!.ToJsonString().ShouldBe(
            """
            [{"day":101,"sales_value":1234567.80,"baskets":3,"households":2,"lines":7},{"day":102,"sales_value":0.05,"baskets":1,"households":1,"lines":1}]
            """);
        page["next"].ShouldBeNull();
        // The small version is as from before models said what adds up: nothing is guessed.
        page["totals"]!.ToJsonString().ShouldBe("""{"rows":2,"sums":{}}""");
    }

    [Theory]
    [InlineData("day=101", "292 101, 31 101")]
    [InlineData("from=102", "31 102, 292 103, 400 102")]
    [InlineData("to=101", "31 101, 292 101")]
    [InlineData("from=102&to=102&sort=-salesValue", "31 102, 400 102")]
    [InlineData("from=101&to=102&storeId=292", "292 101")]
    [InlineData("from=104", "")]
    public async Task Rows_FromAndTo_AreAboutTheDayOfTheKey(string query, string expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var rows = (await insights.Client.JsonAsync($"/tables/store_daily_sales/rows?{query}"))["rows"]!.AsArray();

        rows.Select(row => $"{row!["store_id"]} {row["day"]}").ShouldBe(expected.Split(", ", StringSplitOptions.RemoveEmptyEntries), ignoreOrder: !query.Contains("sort", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("description=TypeA", 1)]
    [InlineData("description=typea", 0)]
    [InlineData("description=Type%25", 0)]
    [InlineData("description=%3DHYPERLINK(%22http%3A%2F%2Fx%22)", 1)]
    [InlineData("description=Type%20%22B%22%2C%0Asecond", 1)]
    [InlineData("description='%20or%201%3D1--", 0)]
    [InlineData("description=", 0)]
    public async Task Rows_FilteredByText_AreExactMatches(string query, int expected) =>
        (await insights.Client.JsonAsync($"/tables/campaign_summary/rows?{query}"))["rows"]!.AsArray().Count.ShouldBe(expected);

    [Theory]
    [InlineData("daily_sales", "limit=0", "limit", "1 to 1000")]
    [InlineData("daily_sales", "limit=1001", "limit", "1 to 1000")]
    [InlineData("daily_sales", "limit=many", "limit", "whole number")]
    [InlineData("daily_sales", "day=x", "day", "whole number")]
    [InlineData("daily_sales", "day=1&day=", "day", "whole number")]
    [InlineData("daily_sales", "day=99999999999", "day", "whole number")]
    [InlineData("daily_sales", "salesValue=1,5", "salesValue", "12.50")]
    [InlineData("daily_sales", "salesValue=1e400", "salesValue", "12.50")]
    [InlineData("household_summary", "hasKids=perhaps", "hasKids", "true or false")]
    [InlineData("daily_sales", "sort=sales_value", "sort", "day, salesValue, baskets, households, lines")]
    [InlineData("daily_sales", "sort=", "sort", "day, salesValue")]
    [InlineData("daily_sales", "sort=-", "sort", "day, salesValue")]
    [InlineData("daily_sales", "sort=day;drop table x", "sort", "day, salesValue")]
    [InlineData("daily_sales", "from=x", "from", "whole number")]
    [InlineData("daily_sales", "from=5&to=4", "to", "same day as from")]
    [InlineData("daily_sales", "after=nonsense", "after", "next")]
    [InlineData("daily_sales", "after=WyJ4Il0", "after", "next")]
    [InlineData("daily_sales", "after=W251bGxd", "after", "next")]
    [InlineData("daily_sales", "format=xlsx", "format", "json, csv or parquet")]
    [InlineData("daily_sales", "format=CSV", "format", "json, csv or parquet")]
    public async Task Rows_BadValue_Is400ThatNamesParameterAndWhatItTakes(string table, string query, string parameter, string expected)
    {
        var problem = await insights.Client.ProblemAsync($"/tables/{table}/rows?{query}", HttpStatusCode.BadRequest);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:bad-parameter");
        problem["errors"].ShouldNotBeNull().AsObject().Select(error => error.Key).ShouldBe([parameter]);
        problem.Text("detail").ShouldNotBeNull().ShouldContain(expected);
    }

    [Theory]
    [InlineData("daily_sales", "sales_value=1", "It takes from, to, day, salesValue, baskets, households, lines, sort, after, limit, format, version.")]
    [InlineData("daily_sales", "day%22%20or%201%3D1=1", "It takes from, to, day, ")]
    [InlineData("campaign_summary", "from=1", "It takes campaign, description, firstDay, ")]
    [InlineData("household_summary", "storeId=1", "It takes householdKey, age45Plus, income50kPlus, ")]
    public async Task Rows_ColumnThatTheTableDoesNotHave_Is400ThatNamesThoseThatExist(string table, string query, string expected)
    {
        var problem = await insights.Client.ProblemAsync($"/tables/{table}/rows?{query}", HttpStatusCode.BadRequest);

        problem.Text("type").ShouldBe("urn:dunnhumby:problem:unknown-parameter");
        problem.Text("detail").ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public async Task Rows_CursorOfAnotherOrderOrTable_Is400()
    {
        var next = (await insights.Client.JsonAsync("/tables/daily_sales/rows?limit=1&sort=lines")).Text("next");

        foreach (var other in new[] { "daily_sales/rows?", "daily_sales/rows?sort=-lines&", "daily_sales/rows?sort=baskets&", "store_daily_sales/rows?sort=lines&" })
        {
            (await insights.Client.ProblemAsync($"/tables/{other}after={next}", HttpStatusCode.BadRequest))["errors"]!["after"].ShouldNotBeNull(other);
        }
    }

    [Theory]
    [InlineData("/tables/nothing/rows", HttpStatusCode.NotFound, "unknown-table")]
    [InlineData("/tables/Daily_Sales/rows", HttpStatusCode.NotFound, "unknown-table")]
    [InlineData("/tables/daily_sales/rows?version=7", HttpStatusCode.NotFound, "unknown-version")]
    [InlineData("/tables/daily_sales?format=xml", HttpStatusCode.BadRequest, "bad-parameter")]
    public async Task Rows_OfWhatIsNotThere_AreAProblem(string address, HttpStatusCode status, string code) =>
        (await insights.Client.ProblemAsync(address, status)).Text("type").ShouldBe($"urn:dunnhumby:problem:{code}");

    [Theory]
    [InlineData("/tables/daily_sales?format=csv", "application/json")]
    [InlineData("/tables/daily_sales?format=csv", "image/png")]
    [InlineData("/tables/daily_sales/rows?format=csv", "application/vnd.apache.parquet")]
    [InlineData("/tables/daily_sales/rows?limit=1000", "text/csv")]
    public async Task Get_CsvByFormatOrAccept_IsCsv(string address, string accept)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, address, ("Accept", accept));

        response.Content.Headers.ContentType?.ToString().ShouldBe("text/csv; charset=utf-8; header=present");
        (await response.Content.ReadAsStringAsync(Token)).ShouldBe("day,sales_value,baskets,households,lines\n101,1234567.80,3,2,7\n102,0.05,1,1,1\n");
        response.Headers.Contains("Link").ShouldBeFalse();
    }

    [Theory]
    [InlineData("household_summary", "rfmBin=1&rfmBin=3&sort=-totalSales", "11,8,1,9,5")]
    [InlineData("store_daily_sales", "from=102&to=102&sort=storeId", "31,400")]
    [InlineData("household_summary", "rfmBin=4&couple=true", "")]
    public async Task Get_WholeTableFiltered_HasAllRowsThatAreLeft(string table, string query, string expected)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, $"/tables/{table}?format=csv&{query}");

        var lines = (await response.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string.Join(',', lines.Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)])).ShouldBe(expected);
    }

    [Fact]
    public async Task Get_JsonByFormat_IsJsonForAClientThatWantsCsv()
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/tables/daily_sales?format=json", ("Accept", "text/csv"));

        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public async Task Csv_FollowedByItsLinks_IsEachRowOnce()
    {
        List<string> lines = [];
        var address = "/tables/household_summary/rows?format=csv&limit=4&sort=-singleCoupleFamily&rfmBin=1&rfmBin=2&rfmBin=3";
        for (var page = 0; address is not null && page < 9; page++)
        {
            using var response = await insights.Client.SendAsync(HttpMethod.Get, address);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            lines.AddRange((await response.Content.ReadAsStringAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1));
            address = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('>')[0].TrimStart('<') : null!;
        }

        lines.Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]).ShouldBe(["11", "8", "1", "5", "2", "9", "6", "3"]);
    }

    [Fact]
    public async Task Parquet_OfAPage_HasItsRows()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var response = await insights.Client.SendAsync(HttpMethod.Get, "/tables/store_daily_sales/rows?format=parquet&sort=-salesValue&limit=2");
            await File.WriteAllBytesAsync(file, await response.Content.ReadAsByteArrayAsync(Token), Token);
            await using var connection = new DuckDBConnection("DataSource=:memory:");
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = $"select string_agg(concat_ws(' ', store_id, sales_value, typeof(sales_value)), ', ') from read_parquet('{file}')";

            response.Content.Headers.ContentType?.MediaType.ShouldBe("application/vnd.apache.parquet");
            (await command.ExecuteScalarAsync(Token)).ShouldBe("292 1234560.00 DECIMAL(18,2), 31 7.80 DECIMAL(18,2)");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Rows_LongerThanAllowed_AreStoppedAndSaySo()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Token);
        await warehouse.PublishAsync(1, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        await using var hurried = host.WithWebHostBuilder(builder => builder.UseSetting("Insights:RowsTimeout", "00:00:00.300"));
        using var client = hurried.CreateClient(new WebApplicationFactoryClientOptions());
        client.DefaultRequestHeaders.Add("X-Api-Key", InsightsHost.ReadKey);
        // The shape is known, so that only the page waits.
        await client.JsonAsync("/tables/daily_sales/rows");

        await using var held = await warehouse.HoldAsync("insights_v000001.daily_sales", Token);

        foreach (var address in new[] { "/tables/daily_sales/rows", "/tables/daily_sales/rows?format=csv" })
        {
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative), Token);
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await response.Content.ReadAsStringAsync(Token)).ShouldContain("rows-too-slow");
        }
    }

    [Fact]
    public async Task Rows_BeforeAnythingIsPublished_Are404()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await host.Client.ProblemAsync("/tables/daily_sales/rows", HttpStatusCode.NotFound)).Text("type").ShouldBe("urn:dunnhumby:problem:no-insights-yet");
    }

    [Fact]
    public async Task Rows_OfAFormerVersion_AreOfThatVersion()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Token);
        await warehouse.PublishAsync(1, Token);
        await warehouse.PublishAsync(2, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        foreach (var (query, produce) in new[] { ("", "30.51"), ("&version=1", "30.50"), ("&version=2", "30.51") })
        {
            (await host.Client.JsonAsync($"/tables/household_summary/rows?limit=1{query}"))["rows"]![0]!.Text("produce").ShouldBe(produce);
        }
    }

    /// <summary>Every row of all pages, and the totals of each.</summary>
    internal static async Task<(List<JsonNode> Rows, List<JsonNode> Totals)> AllAsync(HttpClient client, string address, int mostPages)
    {
        List<JsonNode> rows = [];
        List<JsonNode> totals = [];
        string? next = null;
        do
        {
            var page = await client.JsonAsync($"{address}{(next is null ? "" : $"&after={next}")}");
            rows.AddRange(page["rows"].ShouldNotBeNull().AsArray().Select(row => row.ShouldNotBeNull()));
            totals.Add(page["totals"].ShouldNotBeNull());
            next = page.Text("next");
        }
        while (next is not null && totals.Count <= mostPages);

        next.ShouldBeNull(address);
        return (rows, totals);
    }
}
