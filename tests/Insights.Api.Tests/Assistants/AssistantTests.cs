using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Dunnhumby.Insights.Api.Tests.Assistants;

/// <summary>The tools, as a client of the Model Context Protocol calls them over HTTP. The rows stand in SmallVersion.sql.</summary>
[Collection(nameof(PublishedInsightsGroup))]
public sealed partial class AssistantTests(PublishedInsights insights, PostgresFixture postgres)
{
    private const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "query_table", """{"table":"nothing"}""", "household_summary, daily_household_spend" },
        { "describe_table", """{"table":"nothing"}""", "household_summary, daily_household_spend" },
        { "query_table", """{"table":"daily_sales","filters":{"dya":1}}""", "daily_sales has no 'dya'. Its columns are day, sales_value, baskets, households, lines; from and to are about day." },
        { "query_table", """{"table":"daily_sales","columns":["day","sale"]}""", "daily_sales has no 'sale'." },
        { "query_table", """{"table":"campaign_summary","from":1}""", "it takes no from and to" },
        { "query_table", """{"table":"daily_sales","filters":{"day":"x"}}""", "'x' does not fit: day takes a whole number." },
        { "query_table", """{"table":"daily_sales","filters":{"day":{"from":1}}}""", "day takes a whole number." },
        { "query_table", """{"table":"daily_sales","filters":{"day":null}}""", "day takes a whole number." },
        { "query_table", """{"table":"daily_sales","sort":"sale"}""", "sort takes day, salesValue" },
        { "query_table", """{"table":"daily_sales","limit":1001}""", "limit takes a whole number from 1 to 1000." },
        { "query_table", """{"table":"daily_sales","after":"x"}""", "after takes the next" },
        { "query_table", """{"table":"daily_sales","filters":{"sales_value":"1'; drop table x"}}""", "takes a number such as 12.50" },
        { "query_table", """{"table":"daily_sales","filter":{"day":101}}""", "query_table has no argument 'filter'. It takes table, columns, filters, from, to, sort, limit, after, version." },
        { "query_table", """{"sort":"day"}""", "query_table needs the argument table." },
        { "query_table", """{"table":"daily_sales","limit":"many"}""", "limit of query_table takes a whole number" },
        { "query_table", """{"table":"daily_sales","columns":"day"}""", "columns of query_table takes a list of texts" },
        { "query_table", """{"table":"daily_sales","columns":[1]}""", "columns of query_table takes a list of texts" },
        { "query_table", """{"table":"daily_sales","from":99999999999}""", "from of query_table takes a whole number" },
        { "query_table", """{"table":"da\u0000y"}""", "table of query_table takes a text" },
        { "query_table", """{"table":"campaign_summary","filters":{"description":"a\u0000b"}}""", "does not fit: description takes a text." },
        { "search", """{"query":"--"}""", "query takes 1 to 8 words of letters or digits." },
        { "search", """{"query":""}""", "query takes 1 to 8 words of letters or digits." },
        { "search", $$"""{"query":"{{new string('a', 101)}}"}""", "query takes up to 100 characters." },
        { "search", """{"query":"beef","kind":"store"}""", "kind takes product, commodity, department, household or campaign." },
        { "search", """{"query":"beef","limit":101}""", "limit takes a whole number from 1 to 100." },
        { "search", """{"kind":"product"}""", "search needs the argument query." },
        { "get_household", """{"householdKey":12}""", "There is no household 12." },
        { "get_version", """{"version":7}""", "The newest one is 1." },
        { "list_tables", """{"version":0}""", "There is no version 0." },
        { "list_tables", """{"version":2}""", "The versions that are kept are 1." },
    };

    [Fact]
    public async Task Tools_Listed_SayWhatTheyTakeAndThatTheyOnlyRead()
    {
        await using var client = await ConnectAsync(insights.Host);

        client.ServerInstructions.ShouldNotBeNull().ShouldContain("list_tables");
        var tools = await client.ListToolsAsync(cancellationToken: Token);

        tools.Select(tool => tool.Name).ShouldBe(["list_tables", "describe_table", "query_table", "search", "get_household", "get_version"], ignoreOrder: true);
        foreach (var tool in tools)
        {
            tool.Description.ShouldEndWith(".");
            tool.ProtocolTool.Annotations.ShouldNotBeNull().ReadOnlyHint.ShouldBe(true);
            var parameters = JsonNode.Parse(tool.JsonSchema.GetRawText())!["properties"]!.AsObject();
            parameters.ShouldAllBe(parameter => parameter.Value!["description"] != null, tool.Name);
        }
    }

    [Fact]
    public async Task ListTables_Published_NamesThemWithGrainAndRows()
    {
        var listed = await AskAsync("list_tables", "{}");

        listed.Text("version").ShouldBe("1");
        listed["tables"]!.AsArray().ShouldContain(table => table!.ToJsonString() == """{"name":"store_daily_sales","subject":null,"description":"","grain":"store and day","rows":5,"isOlder":false}""");
    }

    /// <summary>Both ways of naming columns, values as they are and as texts.</summary>
    [Theory]
    [InlineData("""{"table":"store_daily_sales","filters":{"store_id":292},"columns":["day","sales_value"],"sort":"-sales_value"}""", """[{"day":101,"sales_value":1234560.00},{"day":103,"sales_value":0.05}]""")]
    [InlineData("""{"table":"store_daily_sales","filters":{"storeId":["31","400"]},"columns":["storeId","day"],"from":102}""", """[{"store_id":31,"day":102},{"store_id":400,"day":102}]""")]
    [InlineData("""{"table":"household_summary","filters":{"hasKids":true,"rfm_bin":[3]},"columns":["household_key"],"sort":"-householdKey","limit":2}""", """[{"household_key":11},{"household_key":8}]""")]
    [InlineData("""{"table":"store_daily_sales","to":100}""", "[]")]
    public async Task QueryTable_FilteredAndSorted_GivesTheseRows(string arguments, string expected) => (await AskAsync("query_table", arguments))["rows"]!.ToJsonString().ShouldBe(expected);

    [Fact]
    public async Task QueryTable_NextPage_GoesOnWhereThePageEnded()
    {
        var first = await AskAsync("query_table", """{"table":"household_summary","columns":["household_key"],"sort":"-total_sales","limit":4}""");
        var second = await AskAsync("query_table", $$"""{"table":"household_summary","columns":["household_key"],"sort":"-total_sales","limit":4,"after":"{{first.Text("next")}}"}""");

        first["totals"]!.Text("rows").ShouldBe("11");
        Keys(first).ShouldBe([7, 4, 10, 11]);
        Keys(second).ShouldBe([8, 1, 6, 3]);

        static int[] Keys(JsonNode page) => [.. page["rows"]!.AsArray().Select(row => (int)row!["household_key"]!)];
    }

    [Fact]
    public async Task DescribeTable_OfWhatTheWorkerPublished_SaysWhatColumnsHold()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var table = await AskAsync("describe_table", """{"table":"sales_weekly"}""", host);

        table["about"]!.Text("subject").ShouldBe("Sales");
        var column = table["about"]!["columns"]!.AsArray().Single(column => column!.Text("name") is "sales_value").ShouldNotBeNull();
        column.Text("unit").ShouldBe("dollars");
        column.Text("isAdditive").ShouldBe("true");
    }

    [Fact]
    public async Task Search_OfWhatTheWorkerPublished_IsAsOverHttp()
    {
        await using var warehouse = await Warehouse.OfJourneyAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        var found = await AskAsync("search", """{"query":"buter","kind":"product","limit":3}""", host);

        found.AsArray().ShouldNotBeEmpty();
        found.ToJsonString().ShouldBe((await host.Client.JsonAsync("/search?q=buter&kind=product&limit=3")).ToJsonString());
    }

    [Fact]
    public async Task GetHouseholdAndVersion_AreAsOverHttp()
    {
        (await AskAsync("get_household", """{"householdKey":1}""")).ToJsonString().ShouldBe((await insights.Client.JsonAsync("/households/1")).ToJsonString());
        (await AskAsync("get_version", """{"version":1}""")).ToJsonString().ShouldBe((await insights.Client.JsonAsync("/version")).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Call_WithAMistake_IsAnErrorThatSaysWhatToDo(string tool, string arguments, string expected)
    {
        var (isError, text) = await CallAsync(insights.Host, tool, arguments);

        isError.ShouldBeTrue(text);
        text.ShouldContain(expected);
        OfRequests().IsMatch(text).ShouldBeFalse(text);
    }

    /// <summary>A version that was removed, a table that is awaited and one that could not be computed.</summary>
    [Fact]
    public async Task Call_ForWhatIsNotThere_NamesToolsAndTheVersionsThatAreKept()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Token);
        foreach (var version in new[] { 1, 2, 3 })
        {
            await warehouse.PublishAsync(version, Token);
        }

        await warehouse.ExecuteAsync("delete from insights.versions where version = 1", Token);
        await warehouse.ExecuteAsync("update insights.version_tables set state = 'waiting', columns = '{}' where name = 'daily_sales'", Token);
        await warehouse.ExecuteAsync(
            "update insights.version_tables set state = 'absent', stale_since = '2026-01-02Z', reason = 'A sum is too large.', engine_text = '', columns = '{}' where name = 'household_summary'", Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        foreach (var (tool, arguments, expected) in new[]
        {
            ("list_tables", """{"version":1}""", "Version 1 was removed. The newest one is 3. The versions that are kept are 3, 2."),
            ("query_table", """{"table":"daily_sales"}""", "There is no daily_sales yet. It is made on a schedule"),
            ("describe_table", """{"table":"household_summary"}""", "A sum is too large. get_version says more."),
            ("get_household", """{"householdKey":1}""", "A sum is too large. get_version says more."),
        })
        {
            var (isError, text) = await CallAsync(host, tool, arguments);

            isError.ShouldBeTrue(text);
            text.ShouldContain(expected);
            OfRequests().IsMatch(text).ShouldBeFalse(text);
        }
    }

    [Fact]
    public async Task Call_BeforeAnythingIsPublished_SaysWhatToUpload()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await AskAsync("get_version", "{}", host)).Text("version").ShouldBe("0");
        foreach (var (tool, arguments) in new[] { ("query_table", """{"table":"daily_sales"}"""), ("get_household", """{"householdKey":1}"""), ("search", """{"query":"beef"}""") })
        {
            var (isError, text) = await CallAsync(host, tool, arguments);
            isError.ShouldBeTrue();
            text.ShouldContain("POST /loads/{dataset}");
        }
    }

    /// <summary>As happens between look-up and read when versions follow each other quickly.</summary>
    [Fact]
    public async Task Call_VersionRemovedMeanwhile_IsAnsweredFromTheNewest()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Token);
        await warehouse.PublishAsync(1, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection, poll: TimeSpan.FromHours(1));
        await AskAsync("get_household", """{"householdKey":2}""", host);
        await warehouse.PublishAsync(2, Token);
        await warehouse.ExecuteAsync("delete from insights.versions where version = 1", Token);
        await warehouse.DropSchemaAsync(1, Token);

        // 30.49 dollars and as many cents as the version's number.
        (await AskAsync("query_table", """{"table":"household_summary","limit":1,"columns":["produce"]}""", host))["rows"]!.ToJsonString().ShouldBe("""[{"produce":30.51}]""");
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("some-other-key-0123456789abcdefghijk", HttpStatusCode.Unauthorized)]
    [InlineData(InsightsHost.IngestKey, HttpStatusCode.Forbidden)]
    [InlineData(InsightsHost.ReadKey, HttpStatusCode.OK)]
    public async Task Endpoint_Key_NeedsTheScopeRead(string? key, HttpStatusCode expected)
    {
        using var client = insights.Host.Connect(key);

        using var response = await SendAsync(client);

        response.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("application/json, text/event-stream")]
    [InlineData("text/event-stream;q=0.5, application/json;q=0.9")]
    [InlineData("application/*, text/*")]
    [InlineData("application/json, */*;q=0.1")]
    [InlineData("*/*")]
    public async Task Endpoint_AcceptOfBothForms_IsAnswered(string accept)
    {
        using var response = await SendAsync(insights.Client, accept);

        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>All of them are told the same, and doing what they are told works.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    [InlineData("text/html")]
    [InlineData("application/json, text/event-stream;q=0")]
    public async Task Endpoint_AcceptWithoutOneForm_Is406ThatSaysWhatToSend(string? accept)
    {
        using var response = await SendAsync(insights.Client, accept);

        response.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Token)).ShouldNotBeNull();
        problem.Text("type").ShouldBe("urn:dunnhumby:problem:not-acceptable");
        problem.Text("detail").ShouldBe(
            "POST /mcp answers with application/json or text/event-stream as it sees fit: send the header Accept: application/json, text/event-stream, or Accept: */*.");
    }

    [Fact]
    public async Task Endpoint_AskedTooOften_Is429()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Token);
        await using var host = new InsightsHost(warehouse.ReaderConnection, requestsPerSecond: 1);

        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await SendAsync(host.Client);
                return response.StatusCode is HttpStatusCode.TooManyRequests;
            },
            what: "a call is one too many");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string? accept = "application/json, text/event-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(Initialize, Encoding.UTF8, "application/json") };
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        return await client.SendAsync(request, Token);
    }

    private static Task<McpClient> ConnectAsync(InsightsHost host) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(host.Client.BaseAddress!, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Api-Key"] = InsightsHost.ReadKey },
        }),
        cancellationToken: Token);

    private async Task<JsonNode> AskAsync(string tool, string arguments, InsightsHost? host = null)
    {
        var (isError, text) = await CallAsync(host ?? insights.Host, tool, arguments);
        isError.ShouldBeFalse(text);
        return JsonNode.Parse(text).ShouldNotBeNull();
    }

    private static async Task<(bool IsError, string Text)> CallAsync(InsightsHost host, string tool, string arguments)
    {
        await using var client = await ConnectAsync(host);
        var values = JsonNode.Parse(arguments)!.AsObject().ToDictionary(argument => argument.Key, object? (argument) => argument.Value, StringComparer.Ordinal);
        var result = await client.CallToolAsync(tool, values, cancellationToken: Token);
        return (result.IsError is true, result.Content.OfType<TextContentBlock>().Single().Text);
    }

    /// <summary>Addresses, and the name that requests have for the words of a search: an assistant has neither.</summary>
    [GeneratedRegex(@"\b(?:GET|DELETE) /|\bq\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfRequests();
}
