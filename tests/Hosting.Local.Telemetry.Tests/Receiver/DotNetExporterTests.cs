using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Receiver;

/// <summary>The genuine .NET SDK sends, over both protocols.</summary>
public sealed partial class DotNetExporterTests(ReceiverHost host) : IClassFixture<ReceiverHost>
{
    // Each test has a service, a source and a meter of its own: they run in one process with one store.
    private readonly string _service = $"service-{Guid.NewGuid():N}";

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Export_Spans_AreOneTraceWithEverythingInIt(OtlpExportProtocol protocol)
    {
        using var source = new ActivitySource(_service);
        using var provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddSource(_service)
            .AddOtlpExporter(options => Configure(options, protocol, "v1/traces"))
            .Build();
        var linked = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

        string traceId;
        using (var parent = source.StartActivity("GET /loads", ActivityKind.Server).ShouldNotBeNull())
        {
            traceId = parent.TraceId.ToHexString();
            parent.SetTag("http.request.method", "GET");
            using var child = source.StartActivity("publish", ActivityKind.Producer, parent.Context, [new("messaging.system", "rabbitmq"), new("rows", 42)], [new ActivityLink(linked)]).ShouldNotBeNull();
            child.AddException(new InvalidOperationException("The broker is away."));
            child.SetStatus(ActivityStatusCode.Error, "broker");
        }

        provider.ForceFlush().ShouldBeTrue();

        // A batch is flushed when it is taken from the queue: of a call that takes more than a second, the SDK does not await the answer.
        var trace = await Eventually.GetAsync(() => host.Store.Traces.Find(traceId));
        trace.Summary.Name.ShouldBe("GET /loads");
        trace.Summary.HasError.ShouldBeTrue();
        trace.Summary.Types.ShouldBe(SpanTypes.Http | SpanTypes.Messaging);
        var part = trace.Summary.Resources.ShouldHaveSingleItem();
        (part.Resource.Id, part.Spans, part.Errors).ShouldBe(($"{_service}-one", 2, 1));

        trace.Spans.Select(row => (row.Span.Name, row.Depth, row.Span.Kind)).ShouldBe([("GET /loads", 0, TelemetrySpanKind.Server), ("publish", 1, TelemetrySpanKind.Producer)]);
        var publish = trace.Spans[1].Span;
        publish.Attributes.Find("rows").ShouldBe("42");
        publish.StatusMessage.ShouldBe("broker");
        publish.Scope.Name.ShouldBe(_service);
        var thrown = publish.Events.ShouldHaveSingleItem();
        thrown.Name.ShouldBe("exception");
        thrown.Exception.ShouldNotBeNull().Type.ShouldBe("System.InvalidOperationException");
        var link = publish.Links.ShouldHaveSingleItem();
        (link.TraceId, link.SpanId).ShouldBe((linked.TraceId.ToHexString(), linked.SpanId.ToHexString()));
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task Export_Logs_KeepMessageTemplateAndException(OtlpExportProtocol protocol)
    {
        using var services = new ServiceCollection()
            .AddLogging(logging => logging.AddOpenTelemetry(options =>
            {
                options.IncludeFormattedMessage = true;
                options.SetResourceBuilder(Resource()).AddOtlpExporter(exporter => Configure(exporter, protocol, "v1/logs"));
            }))
            .BuildServiceProvider();
        Log.LoadFailed(services.GetRequiredService<ILoggerFactory>().CreateLogger("Loads"), 17, new InvalidOperationException("No space left."));

        // Disposing the provider would send what is left as well, but for at most five seconds.
        services.GetRequiredService<LoggerProvider>().ForceFlush().ShouldBeTrue();

        var logs = await Eventually.GetAsync(() => host.Store.Logs.Query(new LogQuery { Resource = _service }).Items is { Count: > 0 } arrived ? arrived : null);
        var log = logs.ShouldHaveSingleItem();
        log.Message.ShouldBe("Load 17 failed.");
        log.OriginalFormat.ShouldBe("Load {LoadId} failed.");
        log.Severity.ShouldBe(TelemetrySeverity.Error);
        log.Scope.Name.ShouldBe("Loads");
        log.Attributes.Find("LoadId").ShouldBe("17");
        var exception = log.Exception.ShouldNotBeNull();
        (exception.Type, exception.Message).ShouldBe(("InvalidOperationException", "No space left."));
        host.Store.Logs.UnviewedErrors.Counts()[$"{_service}-one"].ShouldBe(1);
    }

    [Theory]
    [InlineData(OtlpExportProtocol.Grpc)]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public void Export_Metrics_AreChartedWithExemplars(OtlpExportProtocol protocol)
    {
        using var meter = new Meter(_service);
        using var source = new ActivitySource(_service);
        using var listener = new ActivityListener { ShouldListenTo = item => item == source, Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(listener);
        using var provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Resource())
            .AddMeter(_service)
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddView("growth", new Base2ExponentialBucketHistogramConfiguration())
            .AddOtlpExporter(options => Configure(options, protocol, "v1/metrics"))
            .Build();

        var loads = meter.CreateCounter<long>("loads", "{load}", "Loads so far.");
        var seconds = meter.CreateHistogram<double>("duration", "s");
        var growth = meter.CreateHistogram<double>("growth");
        meter.CreateObservableGauge("waiting", () => 7);
        string traceId;
        using (var activity = source.StartActivity("measure").ShouldNotBeNull())
        {
            traceId = activity.TraceId.ToHexString();
            loads.Add(3, new KeyValuePair<string, object?>("dataset", "product"));
            loads.Add(4, new KeyValuePair<string, object?>("dataset", "coupon"));
            seconds.Record(30);
            growth.Record(5);
        }

        provider.ForceFlush().ShouldBeTrue();

        var tree = host.Store.Metrics.Tree(_service).ShouldHaveSingleItem();
        tree.Name.ShouldBe(_service);
        tree.Instruments.Select(instrument => (instrument.Key.Name, instrument.Kind)).ShouldBe(
            [("duration", InstrumentKind.Histogram), ("growth", InstrumentKind.ExponentialHistogram), ("loads", InstrumentKind.Sum), ("waiting", InstrumentKind.Gauge)]);
        var dimension = host.Store.Metrics.Find(_service, new InstrumentKey(_service, "loads")).ShouldNotBeNull().Dimensions.ShouldHaveSingleItem();
        dimension.Name.ShouldBe("dataset");
        dimension.Values.ShouldBe(["coupon", "product"]);

        // 3 + 4, and with the filter 4 alone.
        Last("loads", SeriesNames.Value).ShouldBe(7);
        Values("loads", SeriesNames.Increase).Sum().ShouldBe(7);
        Last("loads", SeriesNames.Value, "coupon").ShouldBe(4);
        Last("waiting", SeriesNames.Value).ShouldBe(7);

        // 30 lies in the default bucket from 25 to 50, whose middle is 37.5.
        Last("duration", SeriesNames.P50).ShouldBe(37.5);
        Last("growth", SeriesNames.P50).ShouldNotBeNull().ShouldBe(5, 0.1);
        var exemplar = Chart("duration").Exemplars.ShouldHaveSingleItem();
        (exemplar.Value, exemplar.TraceId).ShouldBe((30, traceId));
    }

    private ResourceBuilder Resource() => ResourceBuilder.CreateEmpty().AddService(_service, serviceInstanceId: "one");

    private void Configure(OtlpExporterOptions options, OtlpExportProtocol protocol, string path)
    {
        options.Protocol = protocol;
        options.Endpoint = protocol == OtlpExportProtocol.Grpc ? host.GrpcAddress : new Uri(host.HttpAddress, path);
        options.Headers = $"{OtlpKeyExtensions.Header}={ReceiverHost.OtlpKey}";

        // The default of ten seconds may be short for the very first call on a busy machine, and the SDK drops what it did not get rid of.
        options.TimeoutMilliseconds = (int)TimeSpan.FromMinutes(1).TotalMilliseconds;
    }

    private MetricChart Chart(string name, string? dataset = null) => host.Store.Metrics.Chart(new MetricQuery
    {
        Resource = _service,
        Instrument = new InstrumentKey(_service, name),
        Dimensions = dataset is null ? new Dictionary<string, IReadOnlyCollection<string?>>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { ["dataset"] = [dataset] },
    }).ShouldNotBeNull();

    private double? Last(string name, string series, string? dataset = null) => Values(name, series, dataset).LastOrDefault(value => value is not null);

    /// <summary>In parts of five seconds: what was measured in one of them, the next one does not count again.</summary>
    private IReadOnlyList<double?> Values(string name, string series, string? dataset = null) => Chart(name, dataset)[series].ShouldNotBeNull().Values;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Load {LoadId} failed.")]
        public static partial void LoadFailed(ILogger logger, int loadId, Exception failure);
    }
}
