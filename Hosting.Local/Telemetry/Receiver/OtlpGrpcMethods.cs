using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>Binds the methods with marshallers of our own: a malformed message is the client's fault (InvalidArgument), and unknown fields are not kept.</summary>
internal sealed class OtlpGrpcMethods : IServiceMethodProvider<OtlpGrpcService>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<OtlpGrpcService> context)
    {
        context.AddUnaryMethod(
            Method("opentelemetry.proto.collector.trace.v1.TraceService", ExportTraceServiceRequest.Parser, ExportTraceServiceResponse.Parser),
            [],
            static (service, request, call) => service.ExportTraces(request, call));
        context.AddUnaryMethod(
            Method("opentelemetry.proto.collector.logs.v1.LogsService", ExportLogsServiceRequest.Parser, ExportLogsServiceResponse.Parser),
            [],
            static (service, request, call) => service.ExportLogs(request, call));
        context.AddUnaryMethod(
            Method("opentelemetry.proto.collector.metrics.v1.MetricsService", ExportMetricsServiceRequest.Parser, ExportMetricsServiceResponse.Parser),
            [],
            static (service, request, call) => service.ExportMetrics(request, call));
    }

    /// <summary>The one method of an OTLP service. Usable by a client as well.</summary>
    internal static Method<TRequest, TResponse> Method<TRequest, TResponse>(string service, MessageParser<TRequest> request, MessageParser<TResponse> response)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(MethodType.Unary, service, "Export", Marshaller(request, new TRequest().Descriptor), Marshaller(response, new TResponse().Descriptor));

    private static Marshaller<T> Marshaller<T>(MessageParser<T> parser, MessageDescriptor type)
        where T : class, IMessage<T>
    {
        var forgiving = parser.WithDiscardUnknownFields(discardUnknownFields: true);
        return new Marshaller<T>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context =>
            {
                var payload = context.PayloadAsNewBuffer();
                if (MessageCount.IsTooLarge(payload, type))
                {
                    throw new RpcException(new Grpc.Core.Status(StatusCode.ResourceExhausted, MessageCount.TooMany));
                }

                try
                {
                    return forgiving.ParseFrom(payload);
                }
                catch (InvalidProtocolBufferException malformed)
                {
                    throw new RpcException(new Grpc.Core.Status(StatusCode.InvalidArgument, malformed.Message));
                }
            });
    }
}
