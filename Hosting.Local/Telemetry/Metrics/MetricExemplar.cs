using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>One measurement, with the span that made it.</summary>
/// <param name="TraceId">32 hexadecimal digits, or null when it was not made in a span.</param>
/// <param name="SpanId">16 hexadecimal digits, or null.</param>
/// <param name="Attributes">Those that are not dimensions of its stream.</param>
public sealed record MetricExemplar(DateTimeOffset Time, double Value, string? TraceId, string? SpanId, TelemetryAttributes Attributes);
