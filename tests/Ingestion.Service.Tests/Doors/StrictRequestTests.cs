using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>Nothing that a request says is passed over. The endpoints are those of the running service, so that a new one is held to it as well.</summary>
public sealed partial class StrictRequestTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private List<(RouteEndpoint Endpoint, HttpMethod Method, string Address)> Endpoints =>
    [
        .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(method => (
                endpoint, new HttpMethod(method), Segment().Replace($"/{endpoint.RoutePattern.RawText?.Trim('/')}", match => match.Value is "{dataset}" ? "product" : "1")))),
    ];

    [Fact]
    public async Task Send_UnknownParameter_Is400BeforeAnythingIsDone()
    {
        using var client = host.Client();
        Endpoints.Count.ShouldBeGreaterThan(20);
        var before = await client.GetStringAsync(new Uri("/loads", UriKind.Relative), Cancelled);
        foreach (var (_, method, address) in Endpoints)
        {
            using var request = new HttpRequestMessage(method, new Uri($"{address}?dryrun=true&maxQuarantine=5%25&page=2", UriKind.Relative));
            using var response = await client.SendAsync(request, Cancelled);

            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{method} {address}");
            if (method != HttpMethod.Head)
            {
                var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "unknown-parameter");
                var detail = problem.GetProperty("detail").GetString().ShouldNotBeNull();
                detail.ShouldContain("'maxQuarantine'", Case.Sensitive, $"{method} {address}");
                detail.ShouldContain("'page'");
            }
        }

        (await client.GetStringAsync(new Uri("/loads", UriKind.Relative), Cancelled)).ShouldBe(before, "no load came, went or was withdrawn");
    }

    /// <summary>Every parameter that the reference names, in the query and in the path. The database has no NUL in its texts.</summary>
    [Fact]
    public async Task Send_NulInAnyParameter_Is400()
    {
        using var client = host.Client();
        var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancelled)).RootElement;
        var sent = 0;
        foreach (var (path, operation) in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation))))
        {
            var parameters = operation.Value.TryGetProperty("parameters", out var listed) ? listed.EnumerateArray().ToList() : [];
            foreach (var name in parameters.Where(parameter => parameter.GetProperty("in").GetString() is "query").Select(parameter => parameter.GetProperty("name").GetString()))
            {
                var address = Segment().Replace(path, "1");
                using var request = new HttpRequestMessage(new HttpMethod(operation.Name.ToUpperInvariant()), new Uri($"{address}?{name}=a%00b", UriKind.Relative));
                using var response = await client.SendAsync(request, Cancelled);

                response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{operation.Name} {address} {name}");
                sent++;
            }
        }

        sent.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("POST", "/loads/product", "It takes maxQuarantined, dryRun.")]
    [InlineData("GET", "/loads", "It takes dataset, state, after, limit.")]
    [InlineData("GET", "/loads/1/quarantine", "It takes after, limit, reason, column, state.")]
    [InlineData("GET", "/datasets", "It takes none.")]
    public async Task Send_UnknownParameter_NamesThoseThatExist(string method, string address, string named)
    {
        using var client = host.Client();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"{address}?bogus=1", UriKind.Relative));
        using var response = await client.SendAsync(request, Cancelled);

        (await response.ProblemAsync(HttpStatusCode.BadRequest, "unknown-parameter")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldEndWith(named);
    }

    [Fact]
    public async Task Send_AcceptThatIsNotServed_Is406()
    {
        using var client = host.Client();
        var typed = Endpoints.Where(endpoint => endpoint.Endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(answer => answer.StatusCode < 300 && answer.ContentTypes.Any())).ToList();
        typed.Count.ShouldBeGreaterThan(14);
        foreach (var (_, method, address) in typed)
        {
            using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("image/png") } } };
            using var response = await client.SendAsync(request, Cancelled);

            (await response.ProblemAsync(HttpStatusCode.NotAcceptable, "not-acceptable")).GetProperty("offered").GetArrayLength().ShouldBeGreaterThan(0, $"{method} {address}");
        }
    }

    [Theory]
    [InlineData("/loads?state=bogus", "bad-parameter", "state takes running, completed, failed, withdrawn.")]
    [InlineData("/loads?limit=abc", "bad-parameter", "'abc' does not fit: limit takes a whole number from 1 to 200.")]
    [InlineData("/loads?limit=1&limit=2", "bad-parameter", "limit is given more than once: it takes one value.")]
    [InlineData("/loads?limit=1.5", "bad-parameter", "limit takes a whole number")]
    [InlineData("/loads?state=running&limit=0", "invalid-limit", "from 1 to 200")]
    public async Task Get_ValueThatDoesNotFit_Is400ThatSaysWhatDoes(string address, string code, string said)
    {
        using var client = host.Client();
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), Cancelled);

        (await response.ProblemAsync(HttpStatusCode.BadRequest, code)).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(said);
    }

    [Theory]
    [InlineData("reason=bogus", "reason takes duplicate_key, ")]
    [InlineData("column=BOGUS", "column takes DESCRIPTION, CAMPAIGN, START_DAY, END_DAY")]
    [InlineData("state=bogus", "Use one of quarantined, mended, dropped")]
    public async Task GetQuarantine_FilterThatNoRowCanPass_Is400(string filter, string said)
    {
        using var client = host.Client();
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign(), "TypeA,x,1,2"));
        using var response = await client.GetAsync(new Uri($"/loads/{load.Id}/quarantine?{filter}", UriKind.Relative), Cancelled);
        var known = await client.GetStringAsync(new Uri($"/loads/{load.Id}/quarantine?reason=not_a_number&column=CAMPAIGN&state=quarantined", UriKind.Relative), Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldContain(said);
        known.ShouldContain("TypeA,x,1,2");
    }

    [Fact]
    public async Task GetQuarantine_CsvWithLimit_HasSoManyRows()
    {
        using var client = host.Client();
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign(), "TypeA,x,1,2", "TypeA,y,1,2", "TypeA,z,1,2"));
        client.DefaultRequestHeaders.Accept.ParseAdd("text/csv");

        (await client.GetStringAsync(new Uri($"/loads/{load.Id}/quarantine?limit=2", UriKind.Relative), Cancelled)).TrimEnd('\n').Split('\n').Length.ShouldBe(3);
        (await client.GetStringAsync(new Uri($"/loads/{load.Id}/quarantine", UriKind.Relative), Cancelled)).TrimEnd('\n').Split('\n').Length.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{"edits":[{"kind":"drop","lines":[3]}],"leavefaulti":true}""", "$.leavefaulti")]
    [InlineData("""{"edits":[{"kind":"drop","lines":[3],"raeson":"x"}]}""", "$.edits[0].raeson")]
    [InlineData("""{"edits":[{"kind":"drop","lines":["three"]}]}""", "$.edits[0].lines[0]")]
    [InlineData("""{"edits":""", "$.edits")]
    public async Task Post_BodyWithWhatIsNotKnown_Is400ThatNamesThePlace(string body, string place)
    {
        using var client = host.Client();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/loads/1/quarantine/check", UriKind.Relative), content, Cancelled);

        (await response.ProblemAsync(HttpStatusCode.BadRequest, "bad-body")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(place);
    }

    [Fact]
    public async Task Post_BodyThatIsNotJson_Is415ThatSaysWhatIs()
    {
        using var client = host.Client();
        using var content = new StringContent("edits", Encoding.UTF8, "text/plain");
        using var response = await client.PostAsync(new Uri("/loads/1/replays", UriKind.Relative), content, Cancelled);

        (await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType)).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("application/json");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    [InlineData("bogus")]
    public async Task Post_JsonWithContentEncoding_Is415(string encoding)
    {
        using var client = host.Client();
        var json = Endpoints.Where(endpoint => endpoint.Endpoint.Metadata.GetOrderedMetadata<IAcceptsMetadata>().Any(body => body.ContentTypes.Contains("application/json", StringComparer.Ordinal))).ToList();
        json.Select(endpoint => endpoint.Address).ShouldBe(["/loads/1/quarantine/check", "/loads/1/replays"], ignoreOrder: true);
        foreach (var (_, method, address) in json)
        {
            // Whether the body is really encoded so or not.
            foreach (var body in new[] { Compressed.Gzip("""{"edits":[{"kind":"drop","lines":[3]}]}"""), Encoding.UTF8.GetBytes("""{"edits":[{"kind":"drop","lines":[3]}]}""") })
            {
                using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
                content.Headers.Add("Content-Encoding", encoding);
                using var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative)) { Content = content };
                using var response = await client.SendAsync(request, Cancelled);

                var problem = await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-content-encoding");
                problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain($"'{encoding}'");
                response.Headers.GetValues("Accept-Encoding").ShouldBe(["identity"]);
            }
        }
    }

    /// <summary>Found by <see cref="FuzzTests"/>: a charset that does not exist, or is in quotes, was answered with 500.</summary>
    [Theory]
    [InlineData("bogus", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("\"utf-8\"", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("UTF-8", HttpStatusCode.NotFound)]
    public async Task Post_JsonInACharset_IsReadOnlyInUtf8(string charset, HttpStatusCode expected)
    {
        using var client = host.Client();
        using var content = new ByteArrayContent("""{"edits":[{"kind":"drop","lines":[3]}]}"""u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}").ShouldBeTrue();
        using var response = await client.PostAsync(new Uri("/loads/999999/quarantine/check", UriKind.Relative), content, Cancelled);

        await response.ProblemAsync(expected, expected is HttpStatusCode.NotFound ? null : "unsupported-charset");
    }

    [Fact]
    public async Task Post_JsonWithIdentity_IsRead()
    {
        using var client = host.Client();
        using var content = new StringContent("""{"edits":[{"kind":"drop","lines":[3]}]}""", Encoding.UTF8, "application/json");
        content.Headers.Add("Content-Encoding", "identity");
        using var response = await client.PostAsync(new Uri("/loads/999999/quarantine/check", UriKind.Relative), content, Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound, "There is no such load.");
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Segment();
}
