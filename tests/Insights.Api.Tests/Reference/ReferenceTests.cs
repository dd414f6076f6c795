using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Fuzzing;
using Dunnhumby.TestSupport.Samples;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Insights.Api.Tests.Reference;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class ReferenceTests(PublishedInsights insights)
{
    [Fact]
    public async Task Document_WithoutKey_DescribesEveryRoute()
    {
        using var anyone = insights.Host.Connect(key: null);
        var document = await anyone.JsonAsync("/openapi/v1.json");

        var paths = document["paths"].ShouldNotBeNull().AsObject();
        paths.Select(path => path.Key).ShouldBe(
            [
                "/version", "/households", "/households/{householdKey}", "/households/{householdKey}/daily-spend", "/campaigns", "/campaigns/{campaign}",
                "/campaigns/{campaign}/daily-sales", "/orphans", "/sales/daily", "/sales/stores", "/stores", "/tables", "/tables/{name}", "/tables/{name}/about", "/tables/{name}/rows", "/lineage",
                "/households/{householdKey}/lines", "/stores/{store}/lines", "/products/{product}/lines", "/campaigns/{campaign}/lines",
                "/sales/days", "/sales/weeks", "/sales/hours", "/sales/excluded", "/stores/summary", "/stores/weeks",
                "/products", "/products/{productId}", "/products/{productId}/weeks", "/departments", "/commodities/private-label",
                "/baskets/profile", "/baskets/affinity", "/segments", "/segments/migration", "/segments/households", "/households/{householdKey}/segments", "/cohorts",
                "/campaigns/performance", "/campaigns/{campaign}/performance", "/coupons/performance", "/search", "/households/{householdKey}/baskets", "/baskets/{basketId}",
                "/versions", "/versions/{from}/diff/{to}", "/versions/{from}/diff/{to}/segments", "/versions/{from}/diff/{to}/{table}",
            ],
            ignoreOrder: true);
        // Every route that needs a key is there: none is added without a description. Health is for whoever runs the service, and the Model Context Protocol describes itself.
        insights.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>() is not null)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText?.Trim('/')}")
            .Except(["/health/details", "/mcp"], StringComparer.Ordinal)
            .ShouldBe(paths.Select(path => path.Key), ignoreOrder: true);
        foreach (var (path, operations) in paths)
        {
            operations.ShouldNotBeNull().AsObject().Select(operation => operation.Key).ShouldBe(["get"], path);
            var get = operations["get"].ShouldNotBeNull();
            get.Text("summary").ShouldNotBeNullOrEmpty(path);
            get["security"].ShouldNotBeNull().ToJsonString().ShouldBe("""[{"ApiKey":[]},{"AccessToken":[]}]""");
        }
    }

    [Fact]
    public async Task Document_HouseholdList_NamesItsParameters()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");

        var parameters = document["paths"].ShouldNotBeNull()["/households"].ShouldNotBeNull()["get"].ShouldNotBeNull()["parameters"].ShouldNotBeNull().AsArray()
            .Select(parameter => FuzzOperation.Resolved(parameter, document.AsObject())).ToList();
        parameters.Select(parameter => parameter.Text("name")).ShouldBe(
            ["rfmBin", "age45Plus", "income50kPlus", "hasKids", "single", "couple", "singleCoupleFamily", "sort", "after", "limit", "version", "format"]);
        parameters.ShouldAllBe(parameter => parameter.Text("description") != null);
    }

    [Fact]
    public async Task Document_EveryPathParameter_HasAnExampleThatFitsTheAnswers()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");

        var parameters = document["paths"].ShouldNotBeNull().AsObject()
            .SelectMany(path => path.Value?["get"]?["parameters"]?.AsArray().Select(parameter => (Path: path.Key, Parameter: parameter)) ?? [])
            .Where(one => one.Parameter?.Text("in") is "path").ToList();
        parameters.Count.ShouldBeGreaterThan(15);
        parameters.ShouldAllBe(one => one.Parameter!["example"] != null);
        Example("/products", "department").ShouldBe($"[\"{ItemOf("/products", "department")}\"]");
        Example("/products/{productId}", "productId").ShouldBe($"{document["paths"]!["/products/{productId}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]!["productId"]}");

        string? Example(string path, string name) => document["paths"]![path]!["get"]!["parameters"]!.AsArray().Single(parameter => string.Equals(parameter?["name"]?.ToString(), name, StringComparison.Ordinal))?["example"]?.ToJsonString();

        string? ItemOf(string path, string name) => document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]!["items"]![0]![name]?.ToString();
    }

    [Fact]
    public async Task Document_ReadsOfAVersion_ReferToOneDescription()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");

        foreach (var (path, operations) in document["paths"].ShouldNotBeNull().AsObject())
        {
            var refers = operations.ShouldNotBeNull()["get"].ShouldNotBeNull()["parameters"]?.AsArray().Any(parameter => parameter?.Text("$ref") is "#/components/parameters/version") ?? false;
            refers.ShouldBe(!path.StartsWith("/versions", StringComparison.Ordinal), path);
        }

        var shared = document["components"].ShouldNotBeNull()["parameters"].ShouldNotBeNull()["version"].ShouldNotBeNull();
        shared.Text("in").ShouldBe("query");
        shared["schema"].ShouldNotBeNull().Text("minimum").ShouldBe("1");
    }

    [Fact]
    public async Task Document_Securities_NameTheHeader()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");

        document["components"].ShouldNotBeNull()["securitySchemes"].ShouldNotBeNull()["ApiKey"].ShouldNotBeNull().Text("name").ShouldBe("X-Api-Key");
        document["components"]!["securitySchemes"]!["AccessToken"].ShouldNotBeNull().Text("scheme").ShouldBe("bearer"); // The components are there.
    }

    [Fact]
    public async Task Document_Amounts_AreDecimalsAndNoBinaryFractions()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");

        var schemas = document["components"].ShouldNotBeNull()["schemas"].ShouldNotBeNull();
        var period = schemas["CampaignPeriod"].ShouldNotBeNull()["properties"].ShouldNotBeNull();
        period["sales"].ShouldNotBeNull().Text("format").ShouldBe("decimal");
        period["average"].ShouldNotBeNull().Text("format").ShouldBe("decimal");
        schemas["SpendDay"].ShouldNotBeNull()["properties"].ShouldNotBeNull()["sections"].ShouldNotBeNull()["items"].ShouldNotBeNull().Text("format").ShouldBe("decimal");
        schemas["Household"].ShouldNotBeNull()["properties"].ShouldNotBeNull()["sections"].ShouldNotBeNull()["additionalProperties"].ShouldNotBeNull().Text("format").ShouldBe("decimal");
        // Nothing that this service answers is a binary fraction.
        document.ToJsonString().ShouldNotContain("\"double\"");
    }

    /// <summary>For the linter and the generated client of tests/openapi, which run after the tests.</summary>
    [Fact]
    public async Task Document_AsServed_IsWrittenForTheLinter()
    {
        var document = await insights.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken);
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "openapi"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "insights.json"), document, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Document_EveryJsonAnswer_HasAnExampleAndTypedRows()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");

        foreach (var (path, operations) in document["paths"].ShouldNotBeNull().AsObject())
        {
            var operation = operations.ShouldNotBeNull()["get"].ShouldNotBeNull();
            operation.Text("operationId").ShouldNotBeNullOrEmpty(path);
            operation["responses"].ShouldNotBeNull()["200"].ShouldNotBeNull()["content"].ShouldNotBeNull()["application/json"].ShouldNotBeNull()["example"].ShouldNotBeNull(path);
        }

        var table = document["paths"].ShouldNotBeNull()["/tables/{name}"].ShouldNotBeNull()["get"].ShouldNotBeNull()["responses"].ShouldNotBeNull()["200"].ShouldNotBeNull()["content"].ShouldNotBeNull().AsObject();
        table.Select(form => form.Key).ShouldBe(["application/json", "text/csv", "application/vnd.apache.parquet"]);
        table["application/json"].ShouldNotBeNull()["schema"].ShouldNotBeNull()["items"].ShouldNotBeNull()["additionalProperties"].ShouldNotBeNull()["type"].ShouldNotBeNull()
            .AsArray().Select(type => type?.ToString()).ShouldBe(["null", "boolean", "number", "string"]);
    }

    [Fact]
    public async Task Page_References_AskNoOtherHost()
    {
        using var anyone = insights.Host.Connect(key: null);
        var page = await anyone.GetStringAsync(new Uri("/docs/", UriKind.Relative), TestContext.Current.CancellationToken);

        page.ShouldNotContain("https://");
        page.ShouldNotContain("//cdn");
    }

    [Fact]
    public async Task Root_WithoutKey_LeadsToTheReferencePage()
    {
        using var anyone = insights.Host.Connect(key: null);
        using var root = await anyone.SendAsync(HttpMethod.Get, "/");
        using var docs = await anyone.SendAsync(HttpMethod.Get, "/docs/");

        root.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        root.Headers.Location?.ToString().ShouldBe("/docs");
        docs.StatusCode.ShouldBe(HttpStatusCode.OK);
        docs.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
    }
}
