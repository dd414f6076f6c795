using System.Security.Cryptography;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Google.Protobuf;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;

/// <summary>Requests made by hand.</summary>
internal static class Payload
{
    /// <summary>2026-01-01 00:00:00 UTC: 56 years with 14 leap days after 1970, 20,454 days.</summary>
    public const ulong NewYear = 20_454UL * 86_400 * 1_000_000_000;

    public static DateTimeOffset NewYearTime { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static ByteString Id(int bytes) => ByteString.CopyFrom(RandomNumberGenerator.GetBytes(bytes));

    public static ByteString SpanId(byte number) => ByteString.CopyFrom(0, 0, 0, 0, 0, 0, 0, number);

    public static KeyValue Attribute(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    public static Resource Resource(string service, string? instance = null)
    {
        var resource = new Resource { Attributes = { Attribute("service.name", service) } };
        if (instance is not null)
        {
            resource.Attributes.Add(Attribute("service.instance.id", instance));
        }

        return resource;
    }

    /// <summary>A span that begins so many milliseconds after New Year and takes 10 ms.</summary>
    public static Span Span(ByteString traceId, ByteString spanId, ByteString? parent = null, string name = "work", int startMilliseconds = 0) => new()
    {
        TraceId = traceId,
        SpanId = spanId,
        ParentSpanId = parent ?? ByteString.Empty,
        Name = name,
        Kind = 1,
        StartTimeUnixNano = NewYear + ((ulong)startMilliseconds * 1_000_000),
        EndTimeUnixNano = NewYear + ((ulong)(startMilliseconds + 10) * 1_000_000),
    };

    public static ExportTraceServiceRequest Traces(string service, params IEnumerable<Span> spans) => new()
    {
        ResourceSpans = { new ResourceSpans { Resource = Resource(service), ScopeSpans = { new ScopeSpans { Scope = new InstrumentationScope { Name = "tests" }, Spans = { spans } } } } },
    };

    public static LogRecord Log(string message, int severity = 9, int milliseconds = 0) => new()
    {
        TimeUnixNano = NewYear + ((ulong)milliseconds * 1_000_000),
        SeverityNumber = severity,
        Body = new AnyValue { StringValue = message },
    };

    public static ExportLogsServiceRequest Logs(string service, params IEnumerable<LogRecord> records) => new()
    {
        ResourceLogs = { new ResourceLogs { Resource = Resource(service), ScopeLogs = { new ScopeLogs { Scope = new InstrumentationScope { Name = "Tests.Category" }, LogRecords = { records } } } } },
    };

    public static ExportMetricsServiceRequest Metrics(string service, params IEnumerable<Metric> metrics) => new()
    {
        ResourceMetrics = { new ResourceMetrics { Resource = Resource(service), ScopeMetrics = { new ScopeMetrics { Scope = new InstrumentationScope { Name = "tests.meter" }, Metrics = { metrics } } } } },
    };

    public static ulong At(int seconds) => NewYear + ((ulong)seconds * 1_000_000_000);
}
