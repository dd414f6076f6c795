using System.Net;
using System.Text.Json.Nodes;
using Dunnhumby.Insights.Api.Tests.Rows;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Insights.Api.Tests.Search;

/// <summary>
/// Searches over the small journey as the worker publishes it: butter (11), beef (12), apples (13) and a candle (14), households 1 and 2, campaign 1.
/// </summary>
public sealed class SearchTests(PublishedJourney journey, PostgresFixture postgres) : IClassFixture<PublishedJourney>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private HttpClient Client => journey.Client;

    /// <summary>The shorter text fits better, and of equal ones the larger sales come first. Typing errors are forgiven, other words are not.</summary>
    [Theory]
    [InlineData("q=beef", "commodity/BEEF product/12")]
    [InlineData("q=BEEF", "commodity/BEEF product/12")]
    [InlineData("q=beaf&kind=product", "product/12")]
    [InlineData("q=buter&kind=product", "product/11")]
    [InlineData("q=aples+gala", "product/13")]
    [InlineData("q=gala,%20aples", "product/13")]
    [InlineData("q=choice+meat", "product/12")]
    [InlineData("q=private+grocery", "product/11")]
    [InlineData("q=grocery&kind=department", "department/GROCERY")]
    [InlineData("q=grocery&kind=product", "product/11 product/14")]
    [InlineData("q=13", "product/13")]
    [InlineData("q=apples+13", "product/13")]
    [InlineData("q=beef+13", "")]
    [InlineData("q=1", "campaign/1 household/1")]
    [InlineData("q=household+2", "household/2")]
    [InlineData("q=houshold&limit=1", "household/1")]
    [InlineData("q=campain+TypeA", "campaign/1")]
    [InlineData("q=toothpaste", "")]
    [InlineData("q=99999999999999999999", "")]
    public async Task Search_Words_FindsWhatHasThemAll(string query, string expected) =>
        Found(await Client.JsonAsync($"/search?{query}")).ShouldBe(expected);

    [Fact]
    public async Task Search_AnEntry_SaysWhatItIsAndLeadsToItsFigures()
    {
        var butter = (await Client.JsonAsync("/search?q=11&kind=product")).AsArray().ShouldHaveSingleItem().ShouldNotBeNull();

        butter.ToJsonString().ShouldBe(
            """{"kind":"product","key":"11","text":"BUTTER, BUTTER, GROCERY, Private","detail":"1 LB","salesValue":2.50,"score":2.0,"address":"/products/11"}""");
        foreach (var entry in (await Client.JsonAsync("/search?q=beef")).AsArray().Concat((await Client.JsonAsync("/search?q=1")).AsArray()))
        {
            using var figures = await Client.SendAsync(HttpMethod.Get, entry!.Text("address")!);
            figures.StatusCode.ShouldBe(HttpStatusCode.OK, entry!.Text("address"));
        }
    }

    [Theory]
    [InlineData("", "q", "1 to 8 words")]
    [InlineData("q=", "q", "1 to 8 words")]
    [InlineData("q=%25_-", "q", "1 to 8 words")]
    [InlineData("q=a+b+c+d+e+f+g+h+i", "q", "1 to 8 words")]
    [InlineData("q=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "q", "up to 100 characters")]
    [InlineData("q=beef&kind=products", "kind", "product, commodity, department, household or campaign")]
    [InlineData("q=beef&limit=0", "limit", "1 to 100")]
    [InlineData("q=beef&limit=101", "limit", "1 to 100")]
    public async Task Search_BadValue_Is400ThatNamesParameterAndWhatItTakes(string query, string parameter, string expected)
    {
        var problem = await Client.ProblemAsync($"/search?{query}", HttpStatusCode.BadRequest);

        problem["errors"].ShouldNotBeNull().AsObject().Select(error => error.Key).ShouldBe([parameter]);
        problem["errors"].ShouldNotBeNull().ToString().ShouldContain(expected);
    }

    /// <summary>Text of the query is data, whatever it looks like.</summary>
    [Theory]
    [InlineData("'; drop table insights.versions; --")]
    [InlineData("beef%' or '1'='1")]
    [InlineData("\\ \" $1 {0} 牛肉 🥩 ß")]
    public async Task Search_AnyText_IsAnswered(string text) => await Client.JsonAsync($"/search?q={Uri.EscapeDataString(text)}");

    [Fact]
    public async Task Search_BeforeTheFirstVersionOrItsTable_IsEmptyOrSaysSo()
    {
        await using var warehouse = await Warehouse.CreateAsync(postgres, Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);
        (await host.Client.JsonAsync("/search?q=beef")).ToJsonString().ShouldBe("[]");
        await warehouse.PublishAsync(1, Cancellation);
        await using var later = new InsightsHost(warehouse.ReaderConnection);

        (await later.Client.ProblemAsync("/search?q=beef", HttpStatusCode.NotFound)).Text("title").ShouldBe("There is no table 'search_entries'.");
    }

    /// <summary>A version of a former build has the entries, and not their words.</summary>
    [Fact]
    public async Task Search_InAVersionFromBeforeWords_SaysSo()
    {
        await using var warehouse = await PublishedDesk.PublishAsync(postgres, Cancellation);
        await warehouse.ExecuteAsync($"drop table {Warehouse.SchemaOf(1)}.search_words; delete from insights.version_tables where name = 'search_words'", Cancellation);
        await using var host = new InsightsHost(warehouse.ReaderConnection);

        (await host.Client.ProblemAsync("/search?q=beef", HttpStatusCode.NotFound)).Text("title").ShouldBe("There is no table 'search_words'.");
    }

    /// <summary>The index that the model declares is there, and of the kind that trigrams need.</summary>
    [Fact]
    public async Task Words_AsPublished_HaveATrigramIndex()
    {
        var indexes = await journey.Warehouse.TextsAsync("select indexdef from pg_indexes where tablename = 'search_words_rows'", Cancellation);

        indexes.ShouldContain(index => index.Contains("USING gin (word insights.gin_trgm_ops)", StringComparison.Ordinal));
    }

    private static string Found(JsonNode entries) => string.Join(' ', entries.AsArray().Select(entry => $"{entry!.Text("kind")}/{entry!.Text("key")}"));
}
