using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Dunnhumby.Hosting.Local.Telemetry.Tests.Hosting;
using Metric = Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts.Metric;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Metrics;

/// <summary>Charts of the ten seconds after New Year in buckets of a second: a point of second n is in bucket n.</summary>
public sealed class MetricStoreTests
{
    [Fact]
    public void Chart_Gauge_AddsStreamsUpAndFiltersThem()
    {
        var ingestion = new Ingestion();
        Send(ingestion, MetricSamples.Gauge("queue", 2, 3, Payload.Attribute("name", "loads")), MetricSamples.Gauge("queue", 2, 5, Payload.Attribute("name", "errors")));
        Send(ingestion, MetricSamples.Gauge("queue", 3, 4, Payload.Attribute("name", "loads")), MetricSamples.Gauge("queue", 3, 5, Payload.Attribute("name", "errors")));

        // Then silence: a point per second is expected, two are waited for.
        Values(ingestion, "queue", SeriesNames.Value).ShouldBe([null, null, 8, 9, 9, 9, null, null, null, null]);
        Values(ingestion, "queue", SeriesNames.Value, ("name", ["loads"])).ShouldBe([null, null, 3, 4, 4, 4, null, null, null, null]);
        Values(ingestion, "queue", SeriesNames.Value, ("name", [null])).ShouldAllBe(value => value == null);
    }

    [Fact]
    public void Chart_CumulativeCounter_ShowsIncreasesAndSurvivesARestart()
    {
        var ingestion = new Ingestion();
        double[] sent = [10, 10, 15, 2, 3];
        for (var second = 0; second < sent.Length; second++)
        {
            Send(ingestion, MetricSamples.Counter("rows", second, sent[second]));
        }

        // 10 from zero, nothing, 5, then a new process: 2 from zero, 1.
        Values(ingestion, "rows", SeriesNames.Increase).Take(5).ShouldBe([10, 0, 5, 2, 1]);
        Values(ingestion, "rows", SeriesNames.Value).Take(5).ShouldBe([10, 10, 15, 2, 3]);

        // The two tens are one point.
        ingestion.Store.Metrics.PointCount.ShouldBe(4);
    }

    [Fact]
    public void Chart_DeltaCounter_IsAddedUp()
    {
        var ingestion = new Ingestion();
        for (var second = 0; second < 3; second++)
        {
            Send(ingestion, MetricSamples.Counter("rows", second, 5, MetricSamples.Delta));
        }

        // A repetition of the last point is none.
        Send(ingestion, MetricSamples.Counter("rows", 2, 5, MetricSamples.Delta));

        Values(ingestion, "rows", SeriesNames.Value).Take(3).ShouldBe([5, 10, 15]);
        Values(ingestion, "rows", SeriesNames.Increase).Take(3).ShouldBe([5, 5, 5]);
    }

    [Theory]
    [InlineData(MetricSamples.Cumulative)]
    [InlineData(MetricSamples.Delta)]
    public void Chart_Histogram_ShowsThePercentilesOfEachBucket(int temporality)
    {
        var ingestion = new Ingestion();
        // First 10 up to 10, 20 up to 20, 10 up to 50 (see PercentilesTests), then 4 more up to 20.
        ulong[] later = temporality == MetricSamples.Delta ? [0, 4, 0, 0] : [10, 24, 10, 0];
        Send(ingestion, MetricSamples.Histogram("latency", 1, [10, 20, 10, 0], temporality));
        Send(ingestion, MetricSamples.Histogram("latency", 2, later, temporality));

        // P50 of the four is the 2nd of 4 in (10, 20]: 15. P90: 10 + 10·3.6/4 = 19.
        Values(ingestion, "latency", SeriesNames.P50).Take(4).ShouldBe([null, 15, 15, null]);
        Values(ingestion, "latency", SeriesNames.P90).Take(4).ShouldBe([null, 38, 19, null]);
        Values(ingestion, "latency", SeriesNames.Count).Take(4).ShouldBe([null, 40, 4, 0]);
    }

    [Fact]
    public void Chart_ReplicasAndSummaries_AreBroughtTogether()
    {
        var ingestion = new Ingestion();
        foreach (var (instance, median) in ((string, double)[])[("one", 3), ("two", 9)])
        {
            var request = Payload.Metrics("api", MetricSamples.Summary("old", 1, 2, median), MetricSamples.Exponential("growth", 1, 0, 1, [1]));
            request.ResourceMetrics[0].Resource = Payload.Resource("api", instance);
            ingestion.Otlp.Export(request);
        }

        // The larger median, both counts; and two measurements in (2, 4], whose middle is 3.
        Values(ingestion, "old", "P50")[1].ShouldBe(9);
        Values(ingestion, "old", SeriesNames.Count)[1].ShouldBe(4);
        Values(ingestion, "growth", SeriesNames.P50)[1].ShouldBe(3);
        ingestion.Store.Metrics.Tree("api-one").ShouldHaveSingleItem().Instruments.Count.ShouldBe(2);
    }

    [Fact]
    public void Add_BeyondTheLimits_DropsOldPointsAndRejectsNewStreams()
    {
        var ingestion = new Ingestion(limits =>
        {
            limits.PointsPerStream = 5;
            limits.StreamsPerInstrument = 2;
        });
        for (var second = 0; second < 10; second++)
        {
            Send(ingestion, MetricSamples.Gauge("gauge", second, second));
        }

        ingestion.Store.Metrics.PointCount.ShouldBe(5);
        Values(ingestion, "gauge", SeriesNames.Value).ShouldBe([null, null, null, null, null, 5, 6, 7, 8, 9]);

        var response = ingestion.Otlp.Export(Payload.Metrics("api", Enumerable.Range(0, 5).Select(number => MetricSamples.Gauge("gauge", 20, 1, Payload.Attribute("n", $"{number}")))));
        response.PartialSuccess.RejectedDataPoints.ShouldBe(4);
        ingestion.Store.Metrics.StreamCount.ShouldBe(2);
        ingestion.Store.Clear(TelemetrySignal.Metrics, "api");
        (ingestion.Store.Metrics.StreamCount, ingestion.Store.Metrics.PointCount).ShouldBe((0, 0L));
    }

    [Fact]
    public void Add_PointsThatContradictThemselves_AreRejected()
    {
        var noData = new Metric { Name = "nothing" };
        var buckets = MetricSamples.Histogram("buckets", 1, [1, 2]);
        var bounds = MetricSamples.Histogram("bounds", 1, [1, 2, 3, 4]);
        bounds.Histogram.DataPoints[0].ExplicitBounds[1] = 5;
        var scale = MetricSamples.Exponential("scale", 1, int.MinValue, 0, [1]);
        var quantile = MetricSamples.Summary("quantile", 1, 1, 1);
        quantile.Summary.DataPoints[0].QuantileValues[0].Quantile = double.NaN;
        var unrecorded = MetricSamples.Gauge("unrecorded", 1, 1);
        unrecorded.Gauge.DataPoints[0].Flags = 1;
        var ingestion = new Ingestion();

        var response = ingestion.Otlp.Export(Payload.Metrics("api", noData, buckets, bounds, scale, quantile, unrecorded, MetricSamples.Gauge("good", 1, 1)));

        // All but the good one and the one that says that it has no value.
        response.PartialSuccess.RejectedDataPoints.ShouldBe(5);
        ingestion.Store.Metrics.Tree("api")[0].Instruments.ShouldHaveSingleItem().Key.Name.ShouldBe("good");
    }

    private static void Send(Ingestion ingestion, params Metric[] metrics) => ingestion.Otlp.Export(Payload.Metrics("api", metrics)).PartialSuccess.ShouldBeNull();

    private static IReadOnlyList<double?> Values(Ingestion ingestion, string name, string series, params (string Name, string?[] Values)[] dimensions) =>
        ingestion.Store.Metrics.Chart(new MetricQuery
        {
            Resource = "api",
            Instrument = new InstrumentKey("tests.meter", name),
            Window = TimeSpan.FromSeconds(10),
            End = Payload.NewYearTime.AddSeconds(10),
            Buckets = 10,
            Dimensions = dimensions.ToDictionary(filter => filter.Name, IReadOnlyCollection<string?> (filter) => filter.Values, StringComparer.Ordinal),
        }).ShouldNotBeNull()[series].ShouldNotBeNull().Values;
}
