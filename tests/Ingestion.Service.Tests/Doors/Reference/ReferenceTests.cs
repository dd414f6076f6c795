using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Samples;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Reference;

/// <summary>The OpenAPI document, which anyone may read.</summary>
public sealed partial class ReferenceTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_Operations_AreAllEndpointsWithNameTagKeyAndSummary()
    {
        var document = await ReadAsync();

        var described = Operations(document).ToList();
        described.Select(operation => operation.Value.GetProperty("operationId").GetString()).Distinct(StringComparer.Ordinal).Count().ShouldBe(described.Count);
        foreach (var (name, operation) in described)
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty(name);
            operation.GetProperty("tags").GetArrayLength().ShouldBe(1, name);
            operation.GetProperty("security")[0].TryGetProperty("ApiKey", out _).ShouldBeTrue(name);
            operation.GetProperty("security")[1].TryGetProperty("AccessToken", out _).ShouldBeTrue(name);
            foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Where(one => one.GetProperty("in").GetString() is "query") : [])
            {
                parameter.GetProperty("name").GetString().ShouldNotBeNull().ShouldMatch("^[a-z][A-Za-z]*$");
                parameter.GetProperty("description").GetString().ShouldNotBeNullOrEmpty(name);
            }
        }

        // POST to an upload is another form of PATCH and DELETE, for clients that have neither. Health is for whoever runs the service.
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
            .Select(endpoint => $"{endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods[0].ToLowerInvariant()} /{Constraint().Replace(endpoint.RoutePattern.RawText!.Trim('/'), "}")}")
            .Select(operation => operation.Replace("{dataset}", "{id}", StringComparison.Ordinal))
            .Except(["post /uploads/{id}", "get /health/details"], StringComparer.Ordinal)
            .ShouldBe(described.Select(operation => operation.Key), ignoreOrder: true);
    }

    [Fact]
    public async Task Document_JsonAnswers_HaveExamplesAndEveryTypeThatIsAnswered()
    {
        var document = await ReadAsync();

        foreach (var (name, operation) in Operations(document))
        {
            foreach (var answer in operation.GetProperty("responses").EnumerateObject().Where(answer => answer.Name[0] is '2' && answer.Value.TryGetProperty("content", out _)))
            {
                if (answer.Value.GetProperty("content").TryGetProperty("application/json", out var body))
                {
                    body.TryGetProperty("example", out _).ShouldBeTrue($"{name} {answer.Name}");
                }
            }
        }

        var load = Operations(document)["get /loads/{id}"].GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        load.GetProperty("anyOf").EnumerateArray().Select(type => type.GetProperty("$ref").GetString()).ShouldBe(["#/components/schemas/Load", "#/components/schemas/RunningLoad"]);
    }

    [Fact]
    public async Task Document_Upload_IsOnThePathOfLoadsWithItsBodyAndDataSets()
    {
        var upload = Operations(await ReadAsync())["post /loads/{id}"];

        upload.GetProperty("summary").GetString().ShouldNotBeNull().ShouldStartWith("Loads one file.");
        upload.GetProperty("requestBody").GetProperty("content").TryGetProperty("text/csv", out _).ShouldBeTrue();
        upload.GetProperty("parameters")[0].GetProperty("schema").GetProperty("enum").GetArrayLength().ShouldBe(8);
        upload.GetProperty("security").GetArrayLength().ShouldBe(3);
    }

    /// <summary>For the linter and the generated client of tests/openapi, which run after the tests.</summary>
    [Fact]
    public async Task Document_AsServed_IsWrittenForTheLinter()
    {
        using var anyone = host.Client(key: null);
        var document = await anyone.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancelled);
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "openapi"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "ingestion.json"), document, Cancelled);
    }

    [Fact]
    public async Task Page_References_AskNoOtherHost()
    {
        using var anyone = host.Client(key: null);
        using var answer = await anyone.GetAsync(new Uri("/docs/", UriKind.Relative), Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Cancelled)).ShouldNotContain("https://");
    }

    private static Dictionary<string, JsonElement> Operations(JsonElement document) => document.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(operation => ($"{operation.Name} {path.Name}", operation.Value)))
        .ToDictionary(StringComparer.Ordinal);

    private async Task<JsonElement> ReadAsync()
    {
        using var anyone = host.Client(key: null);
        return await anyone.GetFromJsonAsync<JsonElement>("/openapi/v1.json", Cancelled);
    }

    [GeneratedRegex(":[a-z]+}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
