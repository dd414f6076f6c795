using Dunnhumby.Hosting.Local.Telemetry.Metrics;

namespace Dunnhumby.Hosting.Local.Dashboard.Metrics;

/// <summary>Which lines go together in a chart, because they share its axis.</summary>
/// <param name="Id">In addresses.</param>
/// <param name="Name">On pages.</param>
/// <param name="AreMeasurements">Its axis is that of single measurements, so that exemplars have their place in it.</param>
internal sealed record ChartLines(string Id, string Name, bool AreMeasurements, IReadOnlyList<MetricSeries> Series)
{
    /// <summary>The choices, the usual one first.</summary>
    public static IReadOnlyList<ChartLines> Of(MetricChart chart) => chart.Instrument.Kind switch
    {
        InstrumentKind.Sum when chart.Instrument.IsMonotonic => [Single(chart, SeriesNames.Increase, "Increase"), Single(chart, SeriesNames.Value, "Total")],
        InstrumentKind.Gauge or InstrumentKind.Sum => [Single(chart, SeriesNames.Value, "Value")],
        _ =>
        [
            new ChartLines("percentiles", "Percentiles", AreMeasurements: true, [.. chart.Series.Where(series => series.Name is not (SeriesNames.Count or SeriesNames.Sum))]),
            Single(chart, SeriesNames.Count, "Count"),
            Single(chart, SeriesNames.Sum, "Sum"),
        ],
    };

    private static ChartLines Single(MetricChart chart, string series, string name) => new(name.ToLowerInvariant(), name, AreMeasurements: false, chart[series] is { } line ? [line] : []);
}
