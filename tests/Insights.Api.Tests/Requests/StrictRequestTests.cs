using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.Insights.Api.Versions;
using Dunnhumby.TestSupport.Fuzzing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Insights.Api.Tests.Requests;

/// <summary>Nothing that a request says is passed over. The endpoints are those of the running service, so that a new one is held to it as well.</summary>
[Collection(nameof(PublishedInsightsGroup))]
public sealed partial class StrictRequestTests(PublishedInsights insights)
{
    private List<RouteEndpoint> Endpoints =>
    [
        .. insights.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(HttpMethods.Get, StringComparer.Ordinal) is true),
    ];

    private List<string> Addresses =>
    [
        .. Endpoints.Select(endpoint => Segment().Replace($"/{endpoint.RoutePattern.RawText?.Trim('/')}", match => match.Value is "{name}" or "{table}" ? "daily_sales" : "1")),
    ];

    [Fact]
    public async Task Get_UnknownParameter_Is400ThatNamesItAndThoseThatExist()
    {
        Addresses.Count.ShouldBeGreaterThan(10);
        foreach (var address in Addresses)
        {
            var problem = await insights.Client.ProblemAsync($"{address}?rfmbins=5&nothing", HttpStatusCode.BadRequest);

            problem.Text("type").ShouldBe("urn:dunnhumby:problem:unknown-parameter", address);
            problem["errors"].ShouldNotBeNull().AsObject().Select(error => error.Key).Order(StringComparer.Ordinal).ShouldBe(["nothing", "rfmbins"]);
            problem.Text("detail").ShouldNotBeNull().ShouldEndWith(address switch
            {
                "/households" => "It takes rfmBin, age45Plus, income50kPlus, hasKids, single, couple, singleCoupleFamily, sort, after, limit, version, format.",
                "/sales/stores" => "It takes store, from, to, after, limit, version, format.",
                "/sales/days" or "/sales/weeks" => "It takes department, section, sort, from, to, after, limit, version, format.",
                "/sales/hours" => "It takes weekday, hour, sort, after, limit, version, format.",
                "/sales/excluded" => "It takes part, sort, from, to, after, limit, version, format.",
                "/stores/summary" => "It takes store, sort, after, limit, version, format.",
                "/stores/weeks" => "It takes store, sort, from, to, after, limit, version, format.",
                "/products" => "It takes department, section, commodity, subCommodity, brand, manufacturer, sort, after, limit, version, format.",
                "/products/1/weeks" => "It takes sort, from, to, after, limit, version, format.",
                "/departments" => "It takes department, sort, after, limit, version, format.",
                "/commodities/private-label" => "It takes department, commodity, sort, after, limit, version, format.",
                "/baskets/profile" => "It takes measure, kind, after, limit, version, format.",
                "/baskets/affinity" => "It takes level, item, significant, minBaskets, sort, after, limit, version, format.",
                "/segments" or "/segments/households" => "It takes quarter, segment, sort, after, limit, version, format.",
                "/segments/migration" => "It takes quarter, was, became, sort, after, limit, version, format.",
                "/households/1/segments" => "It takes after, limit, version, format.",
                "/cohorts" => "It takes cohort, monthsSince, sort, after, limit, version, format.",
                "/campaigns/performance" => "It takes type, sort, after, limit, version, format.",
                "/coupons/performance" => "It takes campaign, coupon, sort, after, limit, version, format.",
                "/search" => "It takes q, kind, limit, version, format.",
                "/households/1/baskets" => "It takes store, from, to, after, limit, version, format.",
                "/baskets/1" => "It takes after, limit, version, format.",
                "/versions" or "/versions/1/diff/1/daily_sales" => "It takes after, limit, format.",
                "/versions/1/diff/1/segments" => "It takes was, became, after, limit, format.",
                "/versions/1/diff/1" => "It takes format.",
                "/health/details" => "It takes none.",
                "/households/1/lines" => "It takes store, product, day, basket, after, limit, version, format.",
                "/stores/1/lines" => "It takes household, product, day, basket, after, limit, version, format.",
                "/products/1/lines" => "It takes household, store, day, basket, after, limit, version, format.",
                "/campaigns/1/lines" => "It takes dataset, after, limit, version, format.",
                "/tables/daily_sales" => "It takes from, to, day, salesValue, baskets, households, lines, sort, format, version.",
                "/tables/daily_sales/rows" => "It takes from, to, day, salesValue, baskets, households, lines, sort, after, limit, format, version.",
                "/campaigns" or "/campaigns/1/daily-sales" or "/sales/daily" or "/stores" or "/orphans" or "/tables" or "/households/1/daily-spend" => "It takes version, format.",
                _ => "It takes version.",
            });
        }
    }

    /// <summary>Every parameter that the reference names. The database has no NUL in its texts.</summary>
    [Fact]
    public async Task Get_NulInAnyParameter_Is400()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");
        var sent = 0;
        foreach (var (path, operations) in document["paths"].ShouldNotBeNull().AsObject())
        {
            foreach (var parameter in operations.ShouldNotBeNull()["get"]?["parameters"]?.AsArray() ?? [])
            {
                var resolved = FuzzOperation.Resolved(parameter, document.AsObject());
                if (resolved.Text("in") is "query")
                {
                    await insights.Client.ProblemAsync($"{Segment().Replace(path, "1")}?{resolved.Text("name")}=a%00b", HttpStatusCode.BadRequest);
                    sent++;
                }
            }
        }

        sent.ShouldBeGreaterThan(5);
    }

    /// <summary>Every parameter that the reference does not describe as a list: two values would be read as one text, joined by a comma, which no row has.</summary>
    [Fact]
    public async Task Get_ParameterOfOneValueGivenTwice_Is400ThatNamesIt()
    {
        var document = (await insights.Client.JsonAsync("/openapi/v1.json")).AsObject();
        var sent = 0;
        foreach (var (path, operations) in document["paths"].ShouldNotBeNull().AsObject())
        {
            var parameters = operations.ShouldNotBeNull()["get"]?["parameters"]?.AsArray().Select(parameter => FuzzOperation.Resolved(parameter, document)) ?? [];
            foreach (var parameter in parameters.Where(parameter => parameter.Text("in") is "query" && parameter["schema"]?["type"]?.ToJsonString().Contains("array", StringComparison.Ordinal) is not true))
            {
                // Filters by the columns of a table are described as one parameter of any name.
                var name = parameter.Text("name").ShouldNotBeNull();
                if (name is not "column")
                {
                    var address = $"{Segment().Replace(path, "1")}?{name}=1&{name}=2";
                    var problem = await insights.Client.ProblemAsync(address, HttpStatusCode.BadRequest);

                    problem["errors"].ShouldNotBeNull(address)[name].ShouldNotBeNull(address).ToJsonString().ShouldContain($"{name} is given more than once", customMessage: address);
                    sent++;
                }
            }
        }

        sent.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Get_AcceptThatIsNotServed_Is406ThatNamesWhatIs()
    {
        foreach (var address in Addresses)
        {
            foreach (var accept in new[] { "image/png", "text/html", "application/json;q=0", "csv", "application/xml, text/x-other;q=0.9" })
            {
                using var response = await insights.Client.SendAsync(HttpMethod.Get, address, ("Accept", accept));

                response.StatusCode.ShouldBe(HttpStatusCode.NotAcceptable, $"{address} {accept}");
                response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
                (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("application/json");
            }
        }
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8")]
    [InlineData("application/*")]
    public async Task Get_AcceptThatCoversJson_IsAnswered(string accept)
    {
        var tables = (await insights.Client.JsonAsync("/tables")).AsArray().Select(table => table!.Text("name")).ToList();
        foreach (var (address, endpoint) in Addresses.Zip(Endpoints))
        {
            using var response = await insights.Client.SendAsync(HttpMethod.Get, address is "/search" ? "/search?q=beef" : address, ("Accept", accept));

            // There is no transform service here, which reads the lines, and the small version is without the tables of the retail desk.
            var isThere = endpoint.Metadata.GetMetadata<ReadsTable>() is not { } reads || tables.Contains(reads.Name, StringComparer.Ordinal);
            response.StatusCode.ShouldBe(
                address.EndsWith("/lines", StringComparison.Ordinal) || address is "/households/1/baskets" or "/baskets/1" ? HttpStatusCode.ServiceUnavailable : isThere ? HttpStatusCode.OK : HttpStatusCode.NotFound, address);
        }
    }

    [Theory]
    [InlineData("/tables/nothing", HttpStatusCode.NotFound)]
    [InlineData("/tables/daily_sales?limit=5", HttpStatusCode.BadRequest)]
    public async Task Get_ProblemForAClientThatWantsCsv_IsAProblemAllTheSame(string address, HttpStatusCode expected)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, address, ("Accept", "text/csv"));

        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    /// <summary>Found by <see cref="FuzzTests"/>: it came without its type.</summary>
    [Fact]
    public async Task Options_ProblemForAClientThatWantsCsv_HasTypeTitleAndStatus()
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Options, "/version", ("Accept", "text/csv"));

        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        problem.Text("type").ShouldNotBeNull().ShouldStartWith("https://tools.ietf.org/html/rfc9110");
        problem.Text("title").ShouldBe("Method Not Allowed");
        problem.Text("status").ShouldBe("405");
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Segment();
}
