using Dunnhumby.Hosting.Local.Telemetry.Resources;

namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>An instrument of one resource with its streams, under a lock of its own, so that charts of one do not hold up the points of others.</summary>
internal sealed class Instrument(InstrumentDescription description)
{
    private readonly Dictionary<TelemetryAttributes, MetricStream> _streams = [];

    public Lock Gate { get; } = new();

    /// <summary>It was cleared or replaced while somebody held it: what is added now would be lost.</summary>
    public bool IsRemoved { get; set; }

    public InstrumentDescription Description { get; set; } = description;

    public IReadOnlyDictionary<TelemetryAttributes, MetricStream> Streams => _streams;

    public void Add(MetricStream stream) => _streams.Add(stream.Dimensions, stream);

    /// <summary>The streams that pass the filters of a query.</summary>
    public IEnumerable<MetricStream> Matching(MetricQuery query) =>
        _streams.Values.Where(stream => query.Dimensions.All(filter => filter.Value.Contains(stream.Dimensions.Find(filter.Key), StringComparer.Ordinal)));

    /// <summary>Every dimension with the values in use.</summary>
    public IReadOnlyList<MetricDimension> Dimensions()
    {
        var names = _streams.Keys.SelectMany(attributes => attributes.Items).Select(item => item.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return [.. names.Select(name => new MetricDimension(name, [.. _streams.Keys.Select(attributes => attributes.Find(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))];
    }
}
