using Dunnhumby.Hosting.Local.Telemetry.Decoding;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;

namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>Takes requests of either protocol into the store, and says what of them was not kept.</summary>
internal sealed class OtlpIngest(TelemetryStore store, TraceDecoder traces, LogDecoder logs, MetricDecoder metrics)
{
    public ExportTraceServiceResponse Export(ExportTraceServiceRequest request)
    {
        var rejections = new Rejections();
        if (!store.IsPaused(TelemetrySignal.Traces))
        {
            var spans = traces.Decode(request, rejections);
            store.Traces.Add(spans, rejections);
        }

        return rejections.Count == 0
            ? new ExportTraceServiceResponse()
            : new ExportTraceServiceResponse { PartialSuccess = new ExportTracePartialSuccess { RejectedSpans = rejections.Count, ErrorMessage = rejections.Reason } };
    }

    /// <summary>Every log record is acceptable, so that there is no partial success here.</summary>
    public ExportLogsServiceResponse Export(ExportLogsServiceRequest request)
    {
        if (!store.IsPaused(TelemetrySignal.Logs))
        {
            store.Logs.Add(logs.Decode(request));
        }

        return new ExportLogsServiceResponse();
    }

    public ExportMetricsServiceResponse Export(ExportMetricsServiceRequest request)
    {
        var rejections = new Rejections();
        if (!store.IsPaused(TelemetrySignal.Metrics))
        {
            var samples = metrics.Decode(request, rejections);
            store.Metrics.Add(samples, rejections);
        }

        return rejections.Count == 0
            ? new ExportMetricsServiceResponse()
            : new ExportMetricsServiceResponse { PartialSuccess = new ExportMetricsPartialSuccess { RejectedDataPoints = rejections.Count, ErrorMessage = rejections.Reason } };
    }
}
