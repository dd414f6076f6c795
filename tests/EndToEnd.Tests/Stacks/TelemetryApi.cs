using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>A span as Aspire's dashboard keeps it.</summary>
/// <param name="Service">Who did it.</param>
internal sealed record Span(string Service, string Name, string TraceId, string SpanId, string? ParentId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>What Aspire's dashboard has received, by its HTTP API.</summary>
internal sealed class TelemetryApi : IDisposable
{
    private readonly HttpClient _http;

    internal TelemetryApi(Stack stack)
    {
        _http = new HttpClient { BaseAddress = stack.AspireDashboard };
        _http.DefaultRequestHeaders.Add("X-API-Key", StackSettings.TelemetryKey);
    }

    /// <summary>The spans of a trace; none as long as the dashboard does not know it.</summary>
    internal async Task<IReadOnlyList<Span>> TraceAsync(string traceId)
    {
        using var answer = await _http.GetAsync(new Uri($"/api/telemetry/traces/{traceId}", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.StatusCode is HttpStatusCode.NotFound ? [] : await SpansAsync(answer);
    }

    /// <summary>The spans of all traces, up to a limit.</summary>
    internal async Task<IReadOnlyList<Span>> TracesAsync(int limit)
    {
        using var answer = await _http.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/telemetry/traces?limit={limit}"), UriKind.Relative), TestContext.Current.CancellationToken);
        return await SpansAsync(answer);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>OTLP's JSON: spans by instrumentation scope by resource.</summary>
    private static async Task<IReadOnlyList<Span>> SpansAsync(HttpResponseMessage answer)
    {
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return
        [
            .. from resource in json.RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
               let service = AttributesOf(resource.GetProperty("resource"))["service.name"]
               from scope in resource.GetProperty("scopeSpans").EnumerateArray()
               from span in scope.GetProperty("spans").EnumerateArray()
               select new Span(
                   service,
                   span.GetProperty("name").GetString() ?? "",
                   span.GetProperty("traceId").GetString() ?? "",
                   span.GetProperty("spanId").GetString() ?? "",
                   span.TryGetProperty("parentSpanId", out var parent) ? parent.GetString() : null,
                   AttributesOf(span)),
        ];
    }

    private static Dictionary<string, string> AttributesOf(JsonElement element) => element.TryGetProperty("attributes", out var attributes)
        ? attributes.EnumerateArray().ToDictionary(
            attribute => attribute.GetProperty("key").GetString() ?? "",
            attribute => attribute.GetProperty("value").TryGetProperty("stringValue", out var text) ? text.GetString() ?? "" : attribute.GetProperty("value").GetRawText(),
            StringComparer.Ordinal)
        : [];
}
