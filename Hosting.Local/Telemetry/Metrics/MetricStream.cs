using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>The points of one instrument with one set of dimensions, cumulative, by time. Guarded by the instrument's lock.</summary>
internal sealed class MetricStream(TelemetryAttributes dimensions, int exemplarLimit)
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(5);

    private readonly DropOldestBuffer<MetricPoint> _points = new();
    private readonly DropOldestBuffer<MetricExemplar> _exemplars = new();
    private TimeSpan _interval = TimeSpan.FromSeconds(1);
    private bool _dropped;

    public TelemetryAttributes Dimensions { get; } = dimensions;

    public int Count => _points.Count;

    /// <summary>Adds a point, or prolongs the last one when the value stayed the same. A point that is not newer than the last is a repetition and skipped.</summary>
    /// <param name="isDelta">The point is a difference to the one before it.</param>
    /// <param name="capacity">Points beyond this are dropped, oldest first.</param>
    public void Add(MetricPoint point, bool isDelta, int capacity)
    {
        if (Count > 0)
        {
            ref var last = ref _points.Last;
            if (point.From <= last.Until)
            {
                return;
            }

            var gap = point.From - last.Until;
            _interval = gap < LongestInterval ? gap : LongestInterval;
            point = isDelta ? Accumulate(last, point) : point;
            if (point.Value.Equals(last.Value) && Equals(point.Distribution, last.Distribution))
            {
                last = last with { Until = point.From };
                return;
            }

            point = point.Distribution is ExplicitDistribution histogram ? point with { Distribution = histogram.ShareBounds(last.Distribution) } : point;
        }

        _points.Add(point);
        while (Count > capacity)
        {
            _points.DropOldest();
            _dropped = true;
        }
    }

    public void Add(MetricExemplar exemplar)
    {
        // A sender repeats its exemplars until it has newer ones.
        if (_exemplars.Count > 0 && exemplar.Time <= _exemplars.Last.Time)
        {
            return;
        }

        _exemplars.Add(exemplar);
        if (_exemplars.Count > exemplarLimit)
        {
            _exemplars.DropOldest();
        }
    }

    public IEnumerable<MetricExemplar> Exemplars(DateTimeOffset start, DateTimeOffset end) => _exemplars.ToArray().Where(exemplar => exemplar.Time >= start && exemplar.Time < end);

    /// <summary>The point that holds at the end of a bucket; null when the stream was silent, that is for longer than it usually is between two points.</summary>
    public MetricPoint? At(DateTime start, DateTime end) => LastBefore(end) is { } point && point.Until >= start - (2 * _interval) ? point : null;

    /// <summary>What was added during a bucket: the point and the one to subtract from it (null: from zero). Null when the stream was silent.</summary>
    public (MetricPoint Point, MetricPoint? Earlier)? During(DateTime start, DateTime end)
    {
        if (At(start, end) is not { } point)
        {
            return null;
        }

        var earlier = LastBefore(start);
        // Streams begin at zero; but of one whose beginning was dropped, nothing is known from before its first point.
        return earlier is null && _dropped ? null : (point, earlier);
    }

    private static MetricPoint Accumulate(MetricPoint last, MetricPoint point) => point with
    {
        Value = last.Value + point.Value,
        Distribution = point.Distribution is null ? null : last.Distribution?.Plus(point.Distribution) ?? point.Distribution,
    };

    private MetricPoint? LastBefore(DateTime end)
    {
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].From < end)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? null : _points[low - 1];
    }
}
