using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunnhumby.Contracts.Loads;

namespace Dunnhumby.Ingestion.Service.Tests.Hosting;

internal static class Answers
{
    /// <summary>The load of a 201 or 200.</summary>
    internal static async Task<Load> LoadAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBeOneOf([HttpStatusCode.Created, HttpStatusCode.OK], text);
        return await response.Content.ReadFromJsonAsync<Load>(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("No load came.");
    }

    /// <summary>The problem of an error, whose type ends with <paramref name="code"/>.</summary>
    internal static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status, string? code = null)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        if (code is not null)
        {
            problem.GetProperty("type").GetString().ShouldBe($"urn:dunnhumby:problem:{code}");
        }

        return problem;
    }
}
