using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;

/// <summary>Metrics of each kind, made by hand. Seconds count from New Year.</summary>
internal static class MetricSamples
{
    public const int Delta = 1;
    public const int Cumulative = 2;

    public static Metric Gauge(string name, int second, double value, params IEnumerable<KeyValue> dimensions) =>
        new() { Name = name, Gauge = new Gauge { DataPoints = { Number(second, value, dimensions) } } };

    public static Metric Counter(string name, int second, double value, int temporality = Cumulative, params IEnumerable<KeyValue> dimensions) =>
        new() { Name = name, Sum = new Sum { IsMonotonic = true, AggregationTemporality = temporality, DataPoints = { Number(second, value, dimensions) } } };

    /// <summary>Bounds 10, 20 and 50.</summary>
    public static Metric Histogram(string name, int second, ulong[] counts, int temporality = Cumulative, params IEnumerable<KeyValue> dimensions)
    {
        var point = new HistogramDataPoint
        {
            TimeUnixNano = Payload.At(second),
            Count = counts.Aggregate(0UL, (sum, count) => sum + count),
            Sum = 100,
            ExplicitBounds = { 10, 20, 50 },
            BucketCounts = { counts },
            Attributes = { dimensions },
        };
        return new() { Name = name, Histogram = new Histogram { AggregationTemporality = temporality, DataPoints = { point } } };
    }

    public static Metric Exponential(string name, int second, int scale, int offset, ulong[] positive, ulong zero = 0)
    {
        var point = new ExponentialHistogramDataPoint
        {
            TimeUnixNano = Payload.At(second),
            Count = positive.Aggregate(zero, (sum, count) => sum + count),
            Scale = scale,
            ZeroCount = zero,
            Positive = new ExponentialHistogramDataPoint.Types.Buckets { Offset = offset, BucketCounts = { positive } },
        };
        return new() { Name = name, ExponentialHistogram = new ExponentialHistogram { AggregationTemporality = Cumulative, DataPoints = { point } } };
    }

    public static Metric Summary(string name, int second, ulong count, double median) => new()
    {
        Name = name,
        Summary = new Summary
        {
            DataPoints =
            {
                new SummaryDataPoint
                {
                    TimeUnixNano = Payload.At(second),
                    Count = count,
                    Sum = 5,
                    QuantileValues = { new SummaryDataPoint.Types.ValueAtQuantile { Quantile = 0.5, Value = median } },
                },
            },
        },
    };

    public static IEnumerable<Metric> OfAllKinds() =>
    [
        Gauge("gauge", 1, 3, Payload.Attribute("a", "b")),
        Counter("counter", 1, 4),
        Histogram("histogram", 1, [1, 2, 3, 4]),
        Exponential("exponential", 1, 3, -5, [1, 0, 2], 4),
        Summary("summary", 1, 2, 3.5),
    ];

    private static NumberDataPoint Number(int second, double value, IEnumerable<KeyValue> dimensions) => new() { TimeUnixNano = Payload.At(second), AsDouble = value, Attributes = { dimensions } };
}
