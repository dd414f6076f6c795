namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>An instrument with what its points can be filtered by.</summary>
/// <param name="Dimensions">Per dimension, by name, the values in use; null stands for streams that lack it.</param>
/// <param name="Streams">How many sets of dimensions there are.</param>
public sealed record InstrumentDetail(InstrumentDescription Description, IReadOnlyList<MetricDimension> Dimensions, int Streams);
