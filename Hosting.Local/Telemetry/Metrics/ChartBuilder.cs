namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>Adds streams up into the lines of a chart.</summary>
internal sealed class ChartBuilder
{
    private readonly InstrumentDescription _instrument;
    private readonly TimeSpan _width;
    private readonly DateTimeOffset _start;
    private readonly ChartBucket[] _buckets;
    private readonly List<MetricExemplar> _exemplars = [];

    public ChartBuilder(InstrumentDescription instrument, MetricQuery query, DateTimeOffset end)
    {
        _instrument = instrument;
        _width = TimeSpan.FromTicks(Math.Max(1, query.Window.Ticks / query.Buckets));
        // Edges stay where they are while time passes: only the chart moves on, by whole buckets.
        var endTicks = (end.UtcTicks + _width.Ticks - 1) / _width.Ticks * _width.Ticks;
        _start = new DateTimeOffset(endTicks, TimeSpan.Zero) - (_width * query.Buckets);
        _buckets = [.. Enumerable.Range(0, query.Buckets).Select(_ => new ChartBucket())];
    }

    public void Add(MetricStream stream)
    {
        for (var index = 0; index < _buckets.Length; index++)
        {
            var start = (_start + (_width * index)).UtcDateTime;
            if (_instrument.Kind is InstrumentKind.Gauge or InstrumentKind.Sum && stream.At(start, start + _width) is { } point)
            {
                _buckets[index].AddValue(point.Value);
            }

            if (stream.During(start, start + _width) is not var (current, earlier))
            {
                continue;
            }

            if (current.Distribution is { } distribution)
            {
                // What does not continue the earlier point began anew, at zero.
                _buckets[index].Add(earlier?.Distribution is { } before ? distribution.Since(before) ?? distribution : distribution);
            }
            else
            {
                var increase = current.Value - (earlier?.Value ?? 0);
                _buckets[index].AddIncrease(increase < 0 ? current.Value : increase);
            }
        }

        _exemplars.AddRange(stream.Exemplars(_start, _start + (_width * _buckets.Length)));
    }

    public MetricChart Build() => new(
        _instrument,
        [.. _buckets.Select((_, index) => _start + (_width * index))],
        _width,
        Series(),
        [.. _exemplars.OrderBy(exemplar => exemplar.Time)]);

    private IReadOnlyList<MetricSeries> Series() => _instrument.Kind switch
    {
        InstrumentKind.Sum when _instrument.IsMonotonic => [Line(SeriesNames.Value, bucket => bucket.Value), Line(SeriesNames.Increase, bucket => bucket.Increase)],
        InstrumentKind.Gauge or InstrumentKind.Sum => [Line(SeriesNames.Value, bucket => bucket.Value)],
        InstrumentKind.Summary => [.. Quantiles(), .. CountAndSum()],
        _ =>
        [
            Line(SeriesNames.P50, bucket => bucket.Percentile(0.5)),
            Line(SeriesNames.P90, bucket => bucket.Percentile(0.9)),
            Line(SeriesNames.P99, bucket => bucket.Percentile(0.99)),
            .. CountAndSum(),
        ],
    };

    private IEnumerable<MetricSeries> CountAndSum() => [Line(SeriesNames.Count, bucket => bucket.Count), Line(SeriesNames.Sum, bucket => bucket.Sum)];

    private IEnumerable<MetricSeries> Quantiles() =>
        _buckets.SelectMany(bucket => bucket.Quantiles.Keys).Distinct().Order().Select(share => Line($"P{share * 100:0.###}", bucket => bucket.Quantiles.TryGetValue(share, out var value) ? value : null));

    private MetricSeries Line(string name, Func<ChartBucket, double?> value) => new(name, [.. _buckets.Select(bucket => value(bucket) is { } number && double.IsFinite(number) ? number : (double?)null)]);
}
