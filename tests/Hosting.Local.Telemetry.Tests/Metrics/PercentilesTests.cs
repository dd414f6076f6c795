using Dunnhumby.Hosting.Local.Telemetry.Metrics;

namespace Dunnhumby.Hosting.Local.Telemetry.Tests.Metrics;

public sealed class PercentilesTests
{
    // 10 measurements up to 10, 20 up to 20, 10 up to 50: 40 in all.
    private static readonly DistributionBucket[] Buckets = [new(double.NegativeInfinity, 10, 10), new(10, 20, 20), new(20, 50, 10)];

    // By hand. P50 is rank 20, the 10th of the 20 in (10, 20]: 10 + 10·10/20 = 15. P90 is rank 36, the 6th of the 10 in (20, 50]: 20 + 30·6/10 = 38.
    // P10 is rank 4, the 4th of the 10 in [0, 10]: 4. P75 is rank 30, the last in (10, 20]: 20. P99 is rank 39.6: 20 + 30·0.96 = 48.8.
    [Theory]
    [InlineData(0.10, 4)]
    [InlineData(0.50, 15)]
    [InlineData(0.75, 20)]
    [InlineData(0.90, 38)]
    [InlineData(0.99, 48.8)]
    [InlineData(1, 50)]
    public void Of_Buckets_InterpolatesWithin(double share, double expected) => Percentiles.Of(Buckets, share).ShouldNotBeNull().ShouldBe(expected, 1e-9);

    [Fact]
    public void Of_RankInTheOpenEnd_IsItsBound() => Percentiles.Of([new(0, 10, 1), new(10, double.PositiveInfinity, 9)], 0.5).ShouldBe(10);

    [Fact]
    public void Of_NegativeLowestBucket_IsItsBound() => Percentiles.Of([new(double.NegativeInfinity, -5, 1)], 0.5).ShouldBe(-5);

    [Fact]
    public void Of_NothingMeasured_IsNothing() => Percentiles.Of([], 0.5).ShouldBeNull();

    [Fact]
    public void Buckets_OfAnExponentialHistogram_AreItsPowersInOrder()
    {
        // Scale 1: the factor is √2. Index 2 covers (2, 2√2], index 3 (2√2, 4]; mirrored for negative values.
        var histogram = new ExponentialDistribution(10, 0, 1, 4, 0.5, ExponentialCounts.Of(2, [1, 2]), ExponentialCounts.Of(2, [3, 0]));

        var buckets = histogram.Buckets();

        buckets.Select(bucket => bucket.Count).ShouldBe([3UL, 4, 1, 2]);
        double[] bounds = [.. buckets.SelectMany(bucket => (double[])[bucket.Lower, bucket.Upper])];
        double[] expected = [-2 * Math.Sqrt(2), -2, -0.5, 0.5, 2, 2 * Math.Sqrt(2), 2 * Math.Sqrt(2), 4];
        bounds.Zip(expected, (left, right) => Math.Abs(left - right)).Max().ShouldBeLessThan(1e-9);
    }

    [Fact]
    public void Since_ExponentialHistogramsOfTwoScales_MeetAtTheCoarser()
    {
        // The earlier one at scale 1: one each in index 2 and 3, which both are index 1 at scale 0, (2, 4]. The later has three there and one in (4, 8].
        var earlier = new ExponentialDistribution(2, 0, 1, 0, 0, ExponentialCounts.Of(2, [1, 1]), ExponentialCounts.Of(0, []));
        var later = new ExponentialDistribution(4, 0, 0, 0, 0, ExponentialCounts.Of(1, [3, 1]), ExponentialCounts.Of(0, []));

        later.Since(earlier).ShouldNotBeNull().Buckets().ShouldBe([new DistributionBucket(2, 4, 1), new DistributionBucket(4, 8, 1)]);
        earlier.Since(later).ShouldBeNull();
    }

    [Fact]
    public void Buckets_OfHugeOffsets_AreOrderedAndFew()
    {
        var left = new ExponentialDistribution(1, 0, 20, 0, 0, ExponentialCounts.Of(int.MinValue, [1]), ExponentialCounts.Of(0, []));
        var right = new ExponentialDistribution(1, 0, -10, 0, 0, ExponentialCounts.Of(int.MaxValue, [1]), ExponentialCounts.Of(0, []));

        left.Plus(right).ShouldNotBeNull().Buckets().Count.ShouldBe(2);
    }
}
