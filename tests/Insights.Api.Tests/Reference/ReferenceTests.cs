using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;
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
                "/campaigns/{campaign}/daily-sales", "/orphans", "/sales/daily", "/tables", "/tables/{name}",
            ],
            ignoreOrder: true);
        // Every route that needs a key is there: none is added without a description.
        insights.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAuthorizeData>() is not null)
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText?.Trim('/')}")
            .ShouldBe(paths.Select(path => path.Key), ignoreOrder: true);
        foreach (var (path, operations) in paths)
        {
            operations.ShouldNotBeNull().AsObject().Select(operation => operation.Key).ShouldBe(["get"], path);
            var get = operations["get"].ShouldNotBeNull();
            get.Text("summary").ShouldNotBeNullOrEmpty(path);
            get["security"].ShouldNotBeNull().ToJsonString().ShouldBe("""[{"ApiKey":[]}]""");
        }
    }

    [Fact]
    public async Task Document_HouseholdList_NamesItsParameters()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");

        var parameters = document["paths"].ShouldNotBeNull()["/households"].ShouldNotBeNull()["get"].ShouldNotBeNull()["parameters"].ShouldNotBeNull().AsArray();
        parameters.Select(parameter => parameter.ShouldNotBeNull().Text("name")).ShouldBe(
            ["rfmBin", "age45Plus", "income50kPlus", "hasKids", "single", "couple", "singleCoupleFamily", "sort", "after", "limit"]);
        parameters.ShouldAllBe(parameter => parameter!.Text("description") != null);
    }

    [Fact]
    public async Task Document_Securities_NameTheHeader()
    {
        var document = await insights.Client.JsonAsync("/openapi/v1.json");

        document["components"].ShouldNotBeNull()["securitySchemes"].ShouldNotBeNull()["ApiKey"].ShouldNotBeNull().Text("name").ShouldBe("X-Api-Key");
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
