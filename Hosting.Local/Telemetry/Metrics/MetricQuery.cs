namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>What of an instrument to chart.</summary>
public sealed record MetricQuery
{
    /// <summary>A resource's id, or the name that replicas share; replicas are added up.</summary>
    public required string Resource { get; init; }

    public required InstrumentKey Instrument { get; init; }

    /// <summary>How far back the chart goes.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The chart's right edge; now when null. It is rounded up to a whole bucket, so that points do not wander between buckets.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Points of the chart.</summary>
    public int Buckets { get; init; } = 60;

    /// <summary>Per dimension, the values to keep (null: the points without it). A dimension that is not listed does not filter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<string?>> Dimensions { get; init; } = new Dictionary<string, IReadOnlyCollection<string?>>(StringComparer.Ordinal);
}
