using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Dunnhumby.Hosting.Local.Telemetry.Traces;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Receiver;

/// <summary>A client that shares no code with the receiver: the SDK for JavaScript, set up by nothing but the environment. What it sends is in <c>send.mjs</c>.</summary>
public sealed class JavaScriptExporterTests(ReceiverHost host, JavaScriptClient client) : IClassFixture<ReceiverHost>, IClassFixture<JavaScriptClient>
{
    private readonly string _service = $"javascript-{Guid.NewGuid():N}";

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    [InlineData("http/json")]
    public async Task Export_AllSignals_Arrive(string protocol)
    {
        Assert.SkipUnless(JavaScriptClient.IsAvailable, "node and npm are not on the PATH.");
        var endpoint = protocol is "grpc" ? host.GrpcAddress : host.HttpAddress;

        var traceId = await client.SendAsync(_service, protocol, endpoint, $"{OtlpKeyExtensions.Header}={ReceiverHost.OtlpKey}");

        var trace = host.Store.Traces.Find(traceId).ShouldNotBeNull();
        trace.Summary.Types.ShouldBe(SpanTypes.Http | SpanTypes.Database);
        trace.Summary.Resources.ShouldHaveSingleItem().Resource.Id.ShouldBe($"{_service}-one");
        trace.Spans.Select(row => (row.Span.Name, row.Depth, row.Span.Kind)).ShouldBe([("GET /orders", 0, TelemetrySpanKind.Server), ("query", 1, TelemetrySpanKind.Internal)]);
        trace.Spans[0].Span.Attributes.Find("tags").ShouldBe("""["a","b"]""");
        var query = trace.Spans[1].Span;
        (query.Status, query.StatusMessage, query.Scope.Name, query.Scope.Version).ShouldBe((TelemetrySpanStatus.Error, "not found", "javascript-client", "1.2.3"));
        query.Events.Select(item => item.Name).ShouldBe(["retry", "exception"]);
        query.Events[1].Exception.ShouldNotBeNull().Message.ShouldBe("No such order.");

        var log = host.Store.Logs.Query(new LogQuery { TraceId = traceId }).Items.ShouldHaveSingleItem();
        (log.Severity, log.Message, log.SpanId, log.Scope.Name).ShouldBe((TelemetrySeverity.Warning, "Order 7 is unknown: ä€😀", query.SpanId, "orders"));
        log.Attributes.Find("order").ShouldBe("7");

        Last("orders", SeriesNames.Value).ShouldBe(3);
        Last("orders.open", SeriesNames.Value).ShouldBe(-2);
        Last("temperature", SeriesNames.Value).ShouldBe(21.5);
        // 0.05, 0.5 and 5 s are one in each of the buckets up to 0.1, 1 and 10 s: half of three is in the middle of the second.
        Values("order.duration", SeriesNames.Count).Sum().ShouldBe(3);
        Last("order.duration", SeriesNames.P50).ShouldNotBeNull().ShouldBe(0.55, 1e-9);
    }

    [Fact]
    public async Task Export_WithAWrongKey_IsRefused()
    {
        Assert.SkipUnless(JavaScriptClient.IsAvailable, "node and npm are not on the PATH.");

        // The SDK reports at its end what became of its exports.
        var refused = await Should.ThrowAsync<InvalidOperationException>(() => client.SendAsync(_service, "grpc", host.GrpcAddress, $"{OtlpKeyExtensions.Header}=guessed"));

        refused.Message.ShouldContain("UNAUTHENTICATED");
        host.Store.Resources.List().ShouldNotContain(resource => resource.Name == _service);
    }

    private double? Last(string instrument, string series) => Values(instrument, series).LastOrDefault(value => value is not null);

    /// <summary>Of the last five minutes, in parts of five seconds: what was measured in one of them, the next one does not count again.</summary>
    private IReadOnlyList<double?> Values(string instrument, string series) => host.Store.Metrics
        .Chart(new MetricQuery { Resource = _service, Instrument = new InstrumentKey("javascript-client", instrument) })
        .ShouldNotBeNull()[series].ShouldNotBeNull().Values;
}
