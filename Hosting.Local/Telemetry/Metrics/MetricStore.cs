using System.Collections.Concurrent;
using Dunnhumby.Hosting.Local.Telemetry.Changes;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Dunnhumby.Hosting.Local.Telemetry.Resources;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>The points of all instruments, up to <see cref="TelemetryLimits.PointsPerStream"/> each. Thread-safe.</summary>
public sealed class MetricStore
{
    /// <summary>However many streams there are, each keeps this much.</summary>
    private const int SmallestShare = 100;

    private readonly ConcurrentDictionary<(TelemetryResource Resource, InstrumentKey Key), Instrument> _instruments = [];
    private readonly TelemetryLimits _limits;
    private readonly TelemetryChanges _changes;
    private readonly TimeProvider _time;
    private int _streams;
    private long _points;

    internal MetricStore(IOptions<TelemetryLimits> limits, TelemetryChanges changes, TimeProvider time)
    {
        _limits = limits.Value;
        _changes = changes;
        _time = time;
    }

    /// <summary>Points of all streams; equal ones in a row count once.</summary>
    public long PointCount => Interlocked.Read(ref _points);

    public int StreamCount => Volatile.Read(ref _streams);

    /// <summary>The meters and instruments of a resource (its id or name), by name.</summary>
    public IReadOnlyList<MeterTree> Tree(string resource)
    {
        var descriptions = Of(resource).Select(instrument => instrument.Description).DistinctBy(description => description.Key);
        return
        [
            .. descriptions
                .GroupBy(description => description.Key.Meter, StringComparer.Ordinal)
                .OrderBy(meter => meter.Key, StringComparer.OrdinalIgnoreCase)
                .Select(meter => new MeterTree(meter.Key, [.. meter.OrderBy(description => description.Key.Name, StringComparer.OrdinalIgnoreCase)])),
        ];
    }

    /// <summary>An instrument of a resource (its id or name; of replicas, the dimensions of all), or null when it is not known.</summary>
    public InstrumentDetail? Find(string resource, InstrumentKey key)
    {
        var instruments = Of(resource, key).ToList();
        if (instruments.Count == 0)
        {
            return null;
        }

        List<MetricDimension> dimensions = [];
        var streams = 0;
        foreach (var instrument in instruments)
        {
            lock (instrument.Gate)
            {
                dimensions.AddRange(instrument.Dimensions());
                streams += instrument.Streams.Count;
            }
        }

        var merged = dimensions
            .GroupBy(dimension => dimension.Name, StringComparer.Ordinal)
            .Select(group => new MetricDimension(group.Key, [.. group.SelectMany(dimension => dimension.Values).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
        return new InstrumentDetail(instruments[0].Description, [.. merged], streams);
    }

    /// <summary>The chart of an instrument, or null when it is not known.</summary>
    /// <exception cref="ArgumentException">The window or the number of buckets is not positive.</exception>
    public MetricChart? Chart(MetricQuery query)
    {
        if (query.Window <= TimeSpan.Zero || query.Buckets <= 0)
        {
            throw new ArgumentException("A chart has a window and buckets.", nameof(query));
        }

        var instruments = Of(query.Resource, query.Instrument).ToList();
        if (instruments.Count == 0)
        {
            return null;
        }

        var chart = new ChartBuilder(instruments[0].Description, query, query.End ?? _time.GetUtcNow());
        foreach (var instrument in instruments.Where(instrument => instrument.Description.Kind == instruments[0].Description.Kind))
        {
            lock (instrument.Gate)
            {
                foreach (var stream in instrument.Matching(query))
                {
                    chart.Add(stream);
                }
            }
        }

        return chart.Build();
    }

    /// <summary>Forgets the instruments of a resource (its id or name), or all.</summary>
    public void Clear(string? resource = null)
    {
        foreach (var (key, _) in _instruments.Where(item => item.Key.Resource.Matches(resource)))
        {
            Remove(key);
        }

        _changes.Raise(TelemetrySignal.Metrics);
    }

    internal void Add(IReadOnlyList<MetricSample> samples, Rejections rejections)
    {
        foreach (var sample in samples)
        {
            while (!TryAdd(sample, rejections))
            {
                // The instrument was removed in between.
            }
        }

        _changes.Raise(TelemetrySignal.Metrics);
    }

    internal void Forget(TelemetryResource resource)
    {
        foreach (var (key, _) in _instruments.Where(item => ReferenceEquals(item.Key.Resource, resource)))
        {
            Remove(key);
        }
    }

    private bool TryAdd(MetricSample sample, Rejections rejections)
    {
        var key = (sample.Resource, sample.Instrument.Key);
        var instrument = _instruments.GetOrAdd(key, static (_, description) => new Instrument(description), sample.Instrument);
        if (instrument.Description != sample.Instrument)
        {
            // The sender changed its mind, as a new build of a service does: what was measured before does not fit any more.
            if (instrument.Description.Kind != sample.Instrument.Kind)
            {
                Remove(key);
                instrument = _instruments.GetOrAdd(key, static (_, description) => new Instrument(description), sample.Instrument);
            }

            instrument.Description = sample.Instrument;
        }

        lock (instrument.Gate)
        {
            if (instrument.IsRemoved)
            {
                return false;
            }

            if (!instrument.Streams.TryGetValue(sample.Dimensions, out var stream))
            {
                if (instrument.Streams.Count >= _limits.StreamsPerInstrument || StreamCount >= _limits.Streams)
                {
                    rejections.Add($"An instrument keeps at most {_limits.StreamsPerInstrument} sets of dimensions, all instruments together {_limits.Streams}.");
                    return true;
                }

                stream = new MetricStream(sample.Dimensions, _limits.ExemplarsPerStream);
                instrument.Add(stream);
                Interlocked.Increment(ref _streams);
            }

            var before = stream.Count;
            stream.Add(sample.Point, sample.Instrument.IsDelta, Math.Min(_limits.PointsPerStream, Math.Max(SmallestShare, _limits.Points / Math.Max(1, StreamCount))));
            Interlocked.Add(ref _points, stream.Count - before);
            foreach (var exemplar in sample.Exemplars)
            {
                stream.Add(exemplar);
            }

            return true;
        }
    }

    private void Remove((TelemetryResource Resource, InstrumentKey Key) key)
    {
        if (_instruments.TryRemove(key, out var removed))
        {
            lock (removed.Gate)
            {
                removed.IsRemoved = true;
                Interlocked.Add(ref _streams, -removed.Streams.Count);
                Interlocked.Add(ref _points, -removed.Streams.Values.Sum(stream => (long)stream.Count));
            }
        }
    }

    private IEnumerable<Instrument> Of(string resource, InstrumentKey? key = null) =>
        _instruments.Where(item => item.Key.Resource.Matches(resource) && (key is null || item.Key.Key == key)).Select(item => item.Value);
}
