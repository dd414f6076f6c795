using System.Globalization;
using Dunnhumby.Hosting.Local.Dashboard.Elements;
using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Hosting.Local.Dashboard.Metrics;

/// <summary>Lines over time; the table beside it says the same in text.</summary>
public sealed partial class LineChart
{
    private const int Colours = 5;

    private ChartGeometry _geometry = null!; // Set with the parameters.

    [Parameter, EditorRequired]
    public MetricChart Chart { get; set; } = null!; // Required.

    [Parameter, EditorRequired]
    public IReadOnlyList<MetricSeries> Series { get; set; } = [];

    /// <summary>Measurements to show as points that lead to their traces.</summary>
    [Parameter]
    public IReadOnlyList<MetricExemplar> Exemplars { get; set; } = [];

    private string Summary
    {
        get
        {
            var lines = Series.Select(series => series.Values.OfType<double>().ToList() is { Count: > 0 } values
                ? $"{series.Name} from {MetricNumber.Exact(values.Min())} to {MetricNumber.Exact(values.Max())}, last {MetricNumber.Exact(values[^1])}"
                : $"{series.Name} without values");
            return $"{Chart.Instrument.Key.Name} over {Format.Duration(Chart.BucketWidth * Chart.Times.Count)}: {string.Join("; ", lines)}";
        }
    }

    private double BucketWidth => (ChartGeometry.Width - ChartGeometry.Left - ChartGeometry.Right) / Chart.Times.Count;

    protected override void OnParametersSet() => _geometry = new ChartGeometry(Chart, Series, Exemplars);

    private static string Text(double coordinate) => ChartGeometry.Text(coordinate);

    /// <summary>With seconds as long as they tell buckets apart.</summary>
    private string TimeOfDay(DateTimeOffset instant) => instant.ToLocalTime().ToString(Chart.BucketWidth < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);

    private string Values(int bucket) => string.Join(
        Environment.NewLine,
        Series.Select(series => $"{series.Name} {(series.Values[bucket] is { } value ? MetricNumber.Exact(value) : "–")}")
            .Prepend(Chart.Times[bucket].ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture)));
}
