using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dunnhumby.Hosting.Local.Dashboard.Tests.Application;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Server;

public sealed class ResourceApiTests(DashboardFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResources_WaitForHealth_AnswersOnceItIsHealthy()
    {
        using var client = fixture.Application.Api();

        var web = (await GetAsync(client, "?resource=web&health=healthy&wait=60")).EnumerateArray().Single();

        web.GetProperty("state").GetString().ShouldBe("Running");
        web.GetProperty("health").GetString().ShouldBe("Healthy");
        web.GetProperty("type").GetString().ShouldBe("Executable");
        web.GetProperty("urls")[0].GetString().ShouldNotBeNull().ShouldStartWith("http://localhost:");
    }

    [Fact]
    public async Task GetResources_WaitThatEnds_AnswersWithNothing()
    {
        using var client = fixture.Application.Api();

        (await GetAsync(client, "?resource=noisy&state=failedToStart&wait=1")).GetArrayLength().ShouldBe(0);
        var all = (await GetAsync(client, "")).EnumerateArray().ToDictionary(item => item.GetProperty("name").GetString() ?? "", StringComparer.Ordinal);
        // Listed as well once it has sent telemetry, in another test.
        all.Keys.Except([ReceiverTests.Sender], StringComparer.Ordinal).ShouldBe(["web", "noisy", "later", "waiter"]);
        all["later"].GetProperty("state").GetString().ShouldBe("NotStarted");
        all["waiter"].GetProperty("reason").GetString().ShouldBe("Waits for later.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task GetResources_WithoutTheKey_Is401(string key)
    {
        using var client = fixture.Application.Api(key);

        using var answer = await client.GetAsync("/api/telemetry/resources", Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/telemetry/resources{query}", Cancel)).GetProperty("items");
}
