using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>A point as it arrived.</summary>
/// <param name="Dimensions">By name, so that equal sets are equal.</param>
internal sealed record MetricSample(TelemetryResource Resource, InstrumentDescription Instrument, TelemetryAttributes Dimensions, MetricPoint Point, IReadOnlyList<MetricExemplar> Exemplars);
