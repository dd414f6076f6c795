using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dunnhumby.Hosting.Local.Dashboard.Tests.Application;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Server;

/// <summary>The receiver behind the dashboard: its key opens it, no browser's login does, and each port serves its own.</summary>
public sealed class ReceiverTests(DashboardFixture fixture)
{
    /// <summary>Name of the service that sends; no resource of the model.</summary>
    internal const string Sender = "script";

    private const string TraceId = "5b8efff798038103d269b633813fc60c";

    private const string Trace =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"" + Sender + "\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":\""
        + TraceId + "\",\"spanId\":\"eee19b7ec3c1b174\",\"name\":\"work\",\"startTimeUnixNano\":\"1764110000000000000\",\"endTimeUnixNano\":\"1764110001000000000\"}]}]}]}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_WithTheKey_IsServedByTheApi()
    {
        using var answer = await PostAsync(fixture.Application.Settings.OtlpHttp, fixture.Application.Settings.OtlpApiKey);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var client = fixture.Application.Api();
        var trace = await client.GetFromJsonAsync<JsonElement>($"/api/telemetry/traces/{TraceId}?wait=20", Cancel);
        trace.GetRawText().ShouldContain("\"work\"");
    }

    [Fact]
    public async Task Post_OverGrpc_IsAnsweredByTheReceiver()
    {
        var address = fixture.Application.Settings.OtlpGrpc.ShouldNotBeNull();
        using var client = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { { "x-otlp-api-key", fixture.Application.Settings.OtlpApiKey }, { "te", "trailers" } },
            // A message of no bytes: not compressed, length 0.
            Content = new ByteArrayContent(new byte[5]) { Headers = { ContentType = new("application/grpc") } },
        };
        using var answer = await client.SendAsync(request, Cancel);
        await answer.Content.ReadAsByteArrayAsync(Cancel);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.TrailingHeaders.Concat(answer.Headers).Single(header => string.Equals(header.Key, "grpc-status", StringComparison.Ordinal)).Value.ShouldBe(["0"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    public async Task Post_WithoutTheKey_Is401(string key)
    {
        using var answer = await PostAsync(fixture.Application.Settings.OtlpHttp, key);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_ToThePortOfThePages_Is404()
    {
        using var answer = await PostAsync(fixture.Application.Settings.Frontend, fixture.Application.Settings.OtlpApiKey);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpResponseMessage> PostAsync(Uri? receiver, string key)
    {
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = receiver };
        client.DefaultRequestHeaders.Add("x-otlp-api-key", key);
        return await client.PostAsync("/v1/traces", new StringContent(Trace, Encoding.UTF8, "application/json"), Cancel);
    }
}
