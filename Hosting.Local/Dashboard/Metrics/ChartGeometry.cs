using System.Globalization;
using System.Text;
using Dunnhumby.Hosting.Local.Telemetry.Metrics;

namespace Dunnhumby.Hosting.Local.Dashboard.Metrics;

/// <summary>Where things are in a chart's picture. The value axis begins at zero unless there are negative values.</summary>
internal sealed class ChartGeometry
{
    public const double Width = 960;
    public const double Height = 320;
    public const double Left = 62;
    public const double Right = 30;
    public const double Top = 12;
    public const double Bottom = 28;

    private const int WantedTicks = 5;

    private readonly MetricChart _chart;
    private readonly double _low;
    private readonly double _high;

    public ChartGeometry(MetricChart chart, IReadOnlyList<MetricSeries> series, IReadOnlyList<MetricExemplar> exemplars)
    {
        _chart = chart;
        var values = series.SelectMany(line => line.Values).OfType<double>().Concat(exemplars.Select(exemplar => exemplar.Value)).Where(double.IsFinite).ToList();
        var (least, most) = values.Count == 0 ? (0, 1) : (Math.Min(0, values.Min()), Math.Max(0, values.Max()));
        var step = Step((most > least ? most - least : 1) / WantedTicks);
        _low = Math.Floor(least / step) * step;
        _high = Math.Max(Math.Ceiling(most / step) * step, _low + step);
        Ticks = [.. Enumerable.Range(0, (int)Math.Round((_high - _low) / step) + 1).Select(index => _low + (index * step))];
    }

    /// <summary>Values with a line across the chart.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>Instants with a label below the chart.</summary>
    public IEnumerable<DateTimeOffset> TimeTicks => Enumerable.Range(0, WantedTicks + 1).Select(index => Start + (Span * index / WantedTicks));

    private DateTimeOffset Start => _chart.Times[0];

    private TimeSpan Span => _chart.BucketWidth * _chart.Times.Count;

    public double X(DateTimeOffset instant) => Left + ((instant - Start) / Span * (Width - Left - Right));

    public double Y(double value) => Height - Bottom - ((value - _low) / (_high - _low) * (Height - Top - Bottom));

    /// <summary>A bucket's place is its middle.</summary>
    public double X(int bucket) => X(_chart.Times[bucket] + (_chart.BucketWidth / 2));

    /// <summary>The line, with a gap where nothing was measured and a dot where there is nothing on either side.</summary>
    public string Path(MetricSeries series)
    {
        var path = new StringBuilder();
        for (var index = 0; index < series.Values.Count; index++)
        {
            if (series.Values[index] is not { } value)
            {
                continue;
            }

            var begins = index == 0 || series.Values[index - 1] is null;
            path.Append(CultureInfo.InvariantCulture, $"{(begins ? 'M' : 'L')}{X(index):0.#} {Y(value):0.#}");
            if (begins && (index + 1 >= series.Values.Count || series.Values[index + 1] is null))
            {
                path.Append("h3");
            }
        }

        return path.ToString();
    }

    public static string Text(double coordinate) => coordinate.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>1, 2 or 5 times a power of ten, at least as large as what is wanted.</summary>
    private static double Step(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return (wanted / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
