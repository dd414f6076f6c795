using Dunnhumby.Hosting.Local.Telemetry.Decoding;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;

/// <summary>A store with limits of the test's choice and the way into it, without a server.</summary>
internal sealed class Ingestion
{
    public Ingestion(Action<TelemetryLimits>? configure = null)
    {
        var limits = new TelemetryLimits();
        configure?.Invoke(limits);
        var options = Options.Create(limits);
        Store = new TelemetryStore(options, Time, NullLogger<Telemetry.Changes.TelemetryChanges>.Instance);
        var attributes = new AttributeDecoder(options);
        var scopes = new ScopeDecoder(attributes, Store);
        Otlp = new OtlpIngest(
            Store,
            new TraceDecoder(attributes, scopes, options),
            new LogDecoder(attributes, scopes, Time),
            new MetricDecoder(attributes, scopes, new DistributionDecoder(options), Time));
    }

    public FakeTimeProvider Time { get; } = new(Payload.NewYearTime);

    public TelemetryStore Store { get; }

    public OtlpIngest Otlp { get; }
}
