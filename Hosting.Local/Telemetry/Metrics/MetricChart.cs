namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>An instrument over a window of time: the lines of a chart, and the rows of its table.</summary>
/// <param name="Times">Start of each bucket, oldest first.</param>
/// <param name="BucketWidth">Of each bucket.</param>
/// <param name="Exemplars">Measurements within the window that lead to their traces, oldest first.</param>
public sealed record MetricChart(
    InstrumentDescription Instrument,
    IReadOnlyList<DateTimeOffset> Times,
    TimeSpan BucketWidth,
    IReadOnlyList<MetricSeries> Series,
    IReadOnlyList<MetricExemplar> Exemplars)
{
    /// <summary>The line of this name, or null when this kind of instrument has none.</summary>
    public MetricSeries? this[string name] => Series.FirstOrDefault(series => string.Equals(series.Name, name, StringComparison.Ordinal));
}
