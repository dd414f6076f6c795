using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Google.Protobuf;
using Grpc.Core;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Receiver;

public sealed class OtlpGrpcTests(ReceiverHost host) : IClassFixture<ReceiverHost>
{
    private const string TraceService = "opentelemetry.proto.collector.trace.v1.TraceService";
    private const string LogsService = "opentelemetry.proto.collector.logs.v1.LogsService";

    private static readonly Marshaller<byte[]> Raw = new(bytes => bytes, bytes => bytes);

    [Fact]
    public async Task Export_BadSpan_IsPartialSuccess()
    {
        var method = OtlpGrpcMethods.Method(TraceService, ExportTraceServiceRequest.Parser, ExportTraceServiceResponse.Parser);
        var request = Payload.Traces("grpc", Payload.Span(Payload.Id(16), Payload.SpanId(1)), Payload.Span(Payload.Id(3), Payload.SpanId(2)));

        var response = await host.Grpc.CreateCallInvoker().AsyncUnaryCall(method, null, Options(ReceiverHost.GrpcKey), request);

        response.PartialSuccess.RejectedSpans.ShouldBe(1);
    }

    [Fact]
    public async Task Export_Gzip_IsStored()
    {
        var headers = ReceiverHost.GrpcKey;
        headers.Add("grpc-internal-encoding-request", "gzip");

        await CallAsync(LogsService, Payload.Logs("grpc-gzip", Payload.Log("zipped")).ToByteArray(), headers);

        host.Store.Logs.Query(new LogQuery { Resource = "grpc-gzip" }).Items.ShouldHaveSingleItem().Message.ShouldBe("zipped");
    }

    [Fact]
    public async Task Export_WithoutKey_IsUnauthenticated()
    {
        var request = Payload.Logs("grpc-stranger", Payload.Log("hello")).ToByteArray();

        (await FailureAsync(LogsService, request, [])).ShouldBe(StatusCode.Unauthenticated);
        (await FailureAsync(LogsService, request, new Metadata { { OtlpKeyExtensions.Header, "wrong" } })).ShouldBe(StatusCode.Unauthenticated);
        host.Store.Logs.Query(new LogQuery { Resource = "grpc-stranger" }).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Export_Malformed_IsInvalidArgument() =>
        (await FailureAsync(TraceService, [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1], ReceiverHost.GrpcKey)).ShouldBe(StatusCode.InvalidArgument);

    [Fact]
    public async Task Export_TooLarge_IsResourceExhaustedBeforeAndAfterDecompression()
    {
        var zipped = ReceiverHost.GrpcKey;
        zipped.Add("grpc-internal-encoding-request", "gzip");

        (await FailureAsync(TraceService, new byte[ReceiverHost.MaxRequestBytes + 1], ReceiverHost.GrpcKey)).ShouldBe(StatusCode.ResourceExhausted);
        (await FailureAsync(TraceService, new byte[50 * 1024 * 1024], zipped)).ShouldBe(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task Export_UnknownService_IsUnimplemented() =>
        (await FailureAsync("opentelemetry.proto.collector.profiles.v1.ProfilesService", [], ReceiverHost.GrpcKey)).ShouldBe(StatusCode.Unimplemented);

    private async Task<StatusCode> FailureAsync(string service, byte[] message, Metadata headers) =>
        (await Should.ThrowAsync<RpcException>(() => CallAsync(service, message, headers))).StatusCode;

    private async Task<byte[]> CallAsync(string service, byte[] message, Metadata headers) =>
        await host.Grpc.CreateCallInvoker().AsyncUnaryCall(new Method<byte[], byte[]>(MethodType.Unary, service, "Export", Raw, Raw), null, Options(headers), message);

    private static CallOptions Options(Metadata headers) => new(headers, cancellationToken: TestContext.Current.CancellationToken);
}
