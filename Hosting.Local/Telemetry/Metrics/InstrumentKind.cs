namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>The five kinds of metrics of OTLP.</summary>
public enum InstrumentKind
{
    Gauge,
    Sum,
    Histogram,
    ExponentialHistogram,
    Summary,
}
