using System.Net;
using System.Text.Json.Nodes;

namespace Dunnhumby.Insights.Api.Tests.Warehouses;

/// <summary>Short forms of asking and of looking at what came.</summary>
internal static class Answers
{
    internal static async Task<JsonNode> JsonAsync(this HttpClient client, string address, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await client.SendAsync(HttpMethod.Get, address);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(expected, body);
        return JsonNode.Parse(body).ShouldNotBeNull();
    }

    /// <summary>Asks for something that must fail with a problem document, and gives that.</summary>
    internal static async Task<JsonNode> ProblemAsync(this HttpClient client, string address, HttpStatusCode expected)
    {
        using var response = await client.SendAsync(HttpMethod.Get, address);
        response.StatusCode.ShouldBe(expected);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        problem["traceId"].ShouldNotBeNull();
        problem.Text("detail").ShouldNotBeNullOrEmpty();
        return problem;
    }

    internal static async Task<HttpResponseMessage> SendAsync(this HttpClient client, HttpMethod method, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A member as it is written, text without its quotes; null when it is null or not there.</summary>
    internal static string? Text(this JsonNode node, string member) => node[member] is { } value ? value.ToString() : null;

    internal static int[] Keys(this JsonNode page) => [.. page["items"].ShouldNotBeNull().AsArray().Select(item => (int)item.ShouldNotBeNull()["householdKey"].ShouldNotBeNull())];
}
