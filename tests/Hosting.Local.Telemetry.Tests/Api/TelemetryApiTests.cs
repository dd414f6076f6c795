using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Api;

public sealed class TelemetryApiTests(ReceiverHost host) : IClassFixture<ReceiverHost>
{
    private readonly string _service = $"service-{Guid.NewGuid():N}";
    private readonly ByteString _traceId = Payload.Id(16);

    private string TraceId => Convert.ToHexStringLower(_traceId.Span);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("resources", null)]
    [InlineData("logs", "wrong")]
    [InlineData("traces", ReceiverHost.OtlpKey)]
    [InlineData("traces/00", "")]
    public async Task Get_WithoutItsKey_Is401(string path, string? key)
    {
        using var client = new HttpClient { BaseAddress = host.HttpAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/telemetry/{path}");
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        using var response = await client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task GetResources_AfterTelemetry_ListsItsSender()
    {
        await SendAsync("/v1/logs", Payload.Logs(_service, Payload.Log("bad", 17)));

        var resources = await GetAsync("resources");

        var resource = resources.GetProperty("items").EnumerateArray().Single(item => string.Equals(item.GetProperty("id").GetString(), _service, StringComparison.Ordinal));
        resource.GetProperty("unviewedErrors").GetInt32().ShouldBe(1);
        resource.GetProperty("attributes").GetProperty("service.name").GetString().ShouldBe(_service);
    }

    [Fact]
    public async Task GetLogs_Filters_FindWhatTheySay()
    {
        var error = Payload.Log("error", 17, 2);
        error.TraceId = _traceId;
        await SendAsync("/v1/logs", Payload.Logs(_service, Payload.Log("debug", 5, 1), error, Payload.Log("warning", 13, 3)));

        (await MessagesAsync($"logs?resource={_service}")).ShouldBe(["warning", "error", "debug"]);
        (await MessagesAsync($"logs?resource={_service}&severity=warning")).ShouldBe(["warning", "error"]);
        (await MessagesAsync($"logs?resource={_service}&hasError=true")).ShouldBe(["error"]);
        (await MessagesAsync($"logs?traceId={TraceId}")).ShouldBe(["error"]);
        (await MessagesAsync($"logs?resource={_service}&limit=1")).ShouldBe(["warning"]);
        (await GetAsync($"logs?resource={_service}&limit=1")).GetProperty("total").GetInt32().ShouldBe(3);
        using var invalid = await host.Api.GetAsync("/api/telemetry/logs?severity=loud", Cancellation);
        invalid.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task GetTraces_FiltersAndDetail_ShowTheTree()
    {
        var child = Payload.Span(_traceId, Payload.SpanId(2), Payload.SpanId(1), "select", 5);
        child.Attributes.Add(Payload.Attribute("db.system.name", "postgresql"));
        child.Status = new Status { Code = 2, Message = "deadlock" };
        await SendAsync("/v1/traces", Payload.Traces(_service, child, Payload.Span(_traceId, Payload.SpanId(1), name: "POST /loads"), Payload.Span(Payload.Id(16), Payload.SpanId(1), name: "other")));

        var found = (await GetAsync($"traces?resource={_service}&hasError=true&type=database")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        found.GetProperty("traceId").GetString().ShouldBe(TraceId);
        found.GetProperty("name").GetString().ShouldBe("POST /loads");
        found.GetProperty("durationMilliseconds").GetDouble().ShouldBe(15);
        found.GetProperty("resources")[0].GetProperty("spans").GetInt32().ShouldBe(2);

        var spans = (await GetAsync($"traces/{TraceId.ToUpperInvariant()}")).GetProperty("spans");
        spans.EnumerateArray().Select(span => (span.GetProperty("name").GetString(), span.GetProperty("depth").GetInt32())).ShouldBe([("POST /loads", 0), ("select", 1)]);
        spans[1].GetProperty("statusMessage").GetString().ShouldBe("deadlock");
        spans[1].GetProperty("attributes").GetProperty("db.system.name").GetString().ShouldBe("postgresql");
    }

    [Fact]
    public async Task GetTrace_Unknown_Is404()
    {
        using var response = await host.Api.GetAsync($"/api/telemetry/traces/{TraceId}", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_WithWait_AnswersWhenTheTelemetryComes()
    {
        var trace = GetAsync($"traces/{TraceId}?wait=30");
        var logs = GetAsync($"logs?resource={_service}&wait=30");
        trace.IsCompleted.ShouldBeFalse();

        await SendAsync("/v1/traces", Payload.Traces(_service, Payload.Span(_traceId, Payload.SpanId(1), name: "awaited")));
        await SendAsync("/v1/logs", Payload.Logs(_service, Payload.Log("awaited")));

        (await trace).GetProperty("trace").GetProperty("name").GetString().ShouldBe("awaited");
        (await logs).GetProperty("total").GetInt32().ShouldBe(1);
    }

    private async Task<IEnumerable<string?>> MessagesAsync(string path) => (await GetAsync(path)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("message").GetString());

    private Task<JsonElement> GetAsync(string path) => host.Api.GetFromJsonAsync<JsonElement>($"/api/telemetry/{path}", Cancellation);

    private async Task SendAsync(string path, IMessage request)
    {
        using var content = new ByteArrayContent(request.ToByteArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var response = await host.Http.PostAsync(path, content, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
