using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Grpc.Core;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>The three OTLP/gRPC services, bound by <see cref="OtlpGrpcMethods"/>.</summary>
internal sealed class OtlpGrpcService(OtlpIngest ingest)
{
    public Task<ExportTraceServiceResponse> ExportTraces(ExportTraceServiceRequest request, ServerCallContext context) => Task.FromResult(ingest.Export(request));

    public Task<ExportLogsServiceResponse> ExportLogs(ExportLogsServiceRequest request, ServerCallContext context) => Task.FromResult(ingest.Export(request));

    public Task<ExportMetricsServiceResponse> ExportMetrics(ExportMetricsServiceRequest request, ServerCallContext context) => Task.FromResult(ingest.Export(request));
}
