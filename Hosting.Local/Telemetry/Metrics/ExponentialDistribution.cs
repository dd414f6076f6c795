namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>A histogram whose buckets grow by a constant factor, 2^(2^-Scale).</summary>
/// <param name="Scale">From <see cref="MinimumScale"/> to <see cref="MaximumScale"/>.</param>
/// <param name="ZeroThreshold">Measurements no further than this from zero are counted as <paramref name="ZeroCount"/>.</param>
internal sealed record ExponentialDistribution(
    ulong Count,
    double Sum,
    int Scale,
    ulong ZeroCount,
    double ZeroThreshold,
    ExponentialCounts Positive,
    ExponentialCounts Negative) : Distribution(Count, Sum)
{
    /// <summary>The data model's range in practice: one bucket for all doubles, and factors of less than a millionth.</summary>
    public const int MinimumScale = -10;
    public const int MaximumScale = 20;

    public override Distribution? Plus(Distribution other)
    {
        if (other is not ExponentialDistribution histogram)
        {
            return null;
        }

        var (left, right) = Align(this, histogram);
        return left with
        {
            Count = Count + other.Count,
            Sum = Sum + other.Sum,
            ZeroCount = ZeroCount + histogram.ZeroCount,
            ZeroThreshold = Math.Max(ZeroThreshold, histogram.ZeroThreshold),
            Positive = left.Positive.Plus(right.Positive),
            Negative = left.Negative.Plus(right.Negative),
        };
    }

    public override Distribution? Since(Distribution earlier)
    {
        if (earlier is not ExponentialDistribution histogram || Count < earlier.Count || ZeroCount < histogram.ZeroCount)
        {
            return null;
        }

        var (left, right) = Align(this, histogram);
        return left.Positive.Minus(right.Positive) is { } positive && left.Negative.Minus(right.Negative) is { } negative
            ? left with { Count = Count - earlier.Count, Sum = Sum - earlier.Sum, ZeroCount = ZeroCount - histogram.ZeroCount, Positive = positive, Negative = negative }
            : null;
    }

    public override IReadOnlyList<DistributionBucket> Buckets()
    {
        List<DistributionBucket> buckets = [.. Negative.Items.Reverse().Select(item => new DistributionBucket(-Bound(item.Index + 1), -Bound(item.Index), item.Count))];
        if (ZeroCount > 0)
        {
            buckets.Add(new DistributionBucket(-ZeroThreshold, ZeroThreshold, ZeroCount));
        }

        buckets.AddRange(Positive.Items.Select(item => new DistributionBucket(Bound(item.Index), Bound(item.Index + 1), item.Count)));
        return buckets;
    }

    private double Bound(long index) => Math.Pow(2, index * Math.Pow(2, -Scale));

    private static (ExponentialDistribution Left, ExponentialDistribution Right) Align(ExponentialDistribution left, ExponentialDistribution right)
    {
        var scale = Math.Min(left.Scale, right.Scale);
        return (left.Downscale(scale), right.Downscale(scale));
    }

    private ExponentialDistribution Downscale(int scale) =>
        this with { Scale = scale, Positive = Positive.Downscale(Scale - scale), Negative = Negative.Downscale(Scale - scale) };
}
