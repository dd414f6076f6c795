using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;
using Grpc.Core;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Receiver;

/// <summary>Whatever arrives, the receiver answers it with a status that blames the client, and goes on.</summary>
public sealed class FuzzTests(ReceiverHost host) : IClassFixture<ReceiverHost>
{
    private static readonly (string Path, string Service)[] Signals =
    [
        ("/v1/traces", "opentelemetry.proto.collector.trace.v1.TraceService"),
        ("/v1/logs", "opentelemetry.proto.collector.logs.v1.LogsService"),
        ("/v1/metrics", "opentelemetry.proto.collector.metrics.v1.MetricsService"),
    ];

    private static readonly Marshaller<byte[]> Raw = new(bytes => bytes, bytes => bytes);

    private static readonly Gen<byte[]> RandomBytes = Gen.Byte.Array[0, 300];

    /// <summary>A valid request in which some bytes are replaced, cut out or put in.</summary>
    private static readonly Gen<byte[]> MutatedRequest =
        from original in Gen.OneOf(Valid())
        from edits in Gen.Select(Gen.Int[0, original.Length - 1], Gen.Int[0, 2], Gen.Byte).Array[1, 8]
        select edits.Aggregate(original, Edit);

    private static readonly Gen<byte[]> MutatedJson =
        from original in Gen.OneOf(ValidJson())
        from edits in Gen.Select(Gen.Int[0, original.Length - 1], Gen.Int[0, 2], Gen.OneOf(Gen.Byte, Gen.OneOf("{}[]\":,0\\".Select(character => (byte)character).ToArray()))).Array[1, 5]
        select edits.Aggregate(original, Edit);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Http_RandomBytes_AreRefusedOrAccepted() => await Check(RandomBytes, body => PostAsync(body, "application/x-protobuf"));

    [Fact]
    public async Task Http_MutatedRequests_AreRefusedOrAccepted() => await Check(MutatedRequest, body => PostAsync(body, "application/x-protobuf"));

    [Fact]
    public async Task Http_MutatedJson_IsRefusedOrAccepted() => await Check(MutatedJson, body => PostAsync(body, "application/json"));

    [Fact]
    public async Task Grpc_RandomBytes_AreRefusedOrAccepted() => await Check(RandomBytes, CallAsync);

    [Fact]
    public async Task Grpc_MutatedRequests_AreRefusedOrAccepted() => await Check(MutatedRequest, CallAsync);

    [Fact]
    public async Task Grpc_BrokenFrames_DoNotStopTheReceiver() => await Check(RandomBytes, SendFrameAsync);

    private async Task Check(Gen<byte[]> bodies, Func<byte[], Task> send)
    {
        await bodies.SampleAsync(send, iter: 400, threads: 2);

        // What was accepted can be read, and the receiver still works.
        ReadEverything();
        var service = $"after-{Guid.NewGuid():N}";
        using var content = new ByteArrayContent(Payload.Logs(service, Payload.Log("still here")).ToByteArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var response = await host.Http.PostAsync("/v1/logs", content, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Store.Resources.Find(service).ShouldNotBeNull();
    }

    private async Task PostAsync(byte[] body, string type)
    {
        foreach (var (path, _) in Signals)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(type);
            using var response = await host.Http.PostAsync(path, content, Cancellation);
            response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
        }
    }

    private async Task CallAsync(byte[] body)
    {
        foreach (var (_, service) in Signals)
        {
            try
            {
                var method = new Method<byte[], byte[]>(MethodType.Unary, service, "Export", Raw, Raw);
                await host.Grpc.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(ReceiverHost.GrpcKey, cancellationToken: Cancellation), body);
            }
            catch (RpcException refused)
            {
                refused.StatusCode.ShouldBe(StatusCode.InvalidArgument, refused.Status.Detail);
            }
        }
    }

    private async Task SendFrameAsync(byte[] body)
    {
        using var client = new HttpClient { BaseAddress = host.GrpcAddress, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/{Signals[0].Service}/Export") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Add("x-otlp-api-key", ReceiverHost.OtlpKey);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } };
        using var response = await client.SendAsync(request, Cancellation);

        // gRPC answers in its own status, whatever the frame.
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private void ReadEverything()
    {
        var traces = host.Store.Traces.Query(new() { Count = int.MaxValue });
        foreach (var trace in traces.Items)
        {
            host.Store.Traces.Find(trace.TraceId).ShouldNotBeNull().Spans.Count.ShouldBe(trace.Spans);
        }

        host.Store.Logs.Query(new() { Text = "x", Count = int.MaxValue }).Items.Count.ShouldBeLessThanOrEqualTo(host.Store.Logs.Count);
        foreach (var resource in host.Store.Resources.List())
        {
            foreach (var instrument in host.Store.Metrics.Tree(resource.Id).SelectMany(meter => meter.Instruments))
            {
                host.Store.Metrics.Chart(new MetricQuery { Resource = resource.Id, Instrument = instrument.Key, End = Payload.NewYearTime.AddMinutes(1) }).ShouldNotBeNull();
            }
        }
    }

    private static byte[] Edit(byte[] body, (int At, int Kind, byte Value) edit)
    {
        var at = Math.Min(edit.At, body.Length);
        return edit.Kind switch
        {
            0 when at < body.Length => [.. body[..at], edit.Value, .. body[(at + 1)..]],
            1 when at < body.Length => [.. body[..at], .. body[(at + 1)..]],
            _ => [.. body[..at], edit.Value, .. body[at..]],
        };
    }

    // Ids are base 64 here, which a mutation may make hexadecimal.
    private static byte[][] ValidJson() =>
    [
        .. ((IMessage[])[ExportTraceServiceRequest.Parser.ParseFrom(Valid()[0]), ExportLogsServiceRequest.Parser.ParseFrom(Valid()[1]), ExportMetricsServiceRequest.Parser.ParseFrom(Valid()[2])])
            .Select(message => Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message))),
    ];

    private static byte[][] Valid()
    {
        var trace = Payload.SpanId(7).Concat(Payload.SpanId(8)).ToArray();
        var span = Payload.Span(ByteString.CopyFrom(trace), Payload.SpanId(1), Payload.SpanId(2));
        span.Attributes.Add(Payload.Attribute("http.request.method", "GET"));
        span.Attributes.Add(new KeyValue { Key = "list", Value = new AnyValue { ArrayValue = new ArrayValue { Values = { new AnyValue { BoolValue = true }, new AnyValue { DoubleValue = 1.5 } } } } });
        span.Events.Add(new Span.Types.Event { Name = "exception", TimeUnixNano = Payload.NewYear });
        span.Links.Add(new Span.Types.Link { TraceId = span.TraceId, SpanId = Payload.SpanId(9) });
        return
        [
            Payload.Traces("fuzzed", span).ToByteArray(),
            Payload.Logs("fuzzed", Payload.Log("A message.")).ToByteArray(),
            Payload.Metrics("fuzzed", MetricSamples.OfAllKinds()).ToByteArray(),
        ];
    }
}
