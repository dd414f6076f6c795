namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>An attribute of an instrument's points.</summary>
/// <param name="Values">Those in use, sorted; null, which comes first, when some points lack the attribute.</param>
public sealed record MetricDimension(string Name, IReadOnlyList<string?> Values);
