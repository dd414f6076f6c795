namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>One line of a chart.</summary>
/// <param name="Name">One of <see cref="SeriesNames"/>; for a summary, <c>P</c> and the percentage.</param>
/// <param name="Values">One per bucket; null where nothing was measured.</param>
public sealed record MetricSeries(string Name, IReadOnlyList<double?> Values);
