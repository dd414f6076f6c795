using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Dunnhumby.Hosting.Local.Telemetry.Receiver;
using Dunnhumby.Hosting.Local.Telemetry.Receiver.Contracts;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>Reads the points of histograms and summaries: null, and a rejection, for one that contradicts itself.</summary>
internal sealed class DistributionDecoder(IOptions<TelemetryLimits> limits)
{
    public Distribution? Decode(HistogramDataPoint point, Rejections rejections)
    {
        // Without buckets, count and sum are still good; a lone bucket without bounds says no more than the count.
        if (point.BucketCounts.Count != point.ExplicitBounds.Count + 1 && !(point.BucketCounts.Count == 0 && point.ExplicitBounds.Count == 0))
        {
            rejections.Add("A histogram has one bucket more than it has bounds.");
            return null;
        }

        if (point.ExplicitBounds.Count > limits.Value.BucketsPerPoint)
        {
            return TooManyBuckets(rejections);
        }

        for (var index = 0; index < point.ExplicitBounds.Count; index++)
        {
            if (double.IsNaN(point.ExplicitBounds[index]) || (index > 0 && point.ExplicitBounds[index] <= point.ExplicitBounds[index - 1]))
            {
                rejections.Add("The bounds of a histogram rise.");
                return null;
            }
        }

        return new ExplicitDistribution(point.Count, point.Sum, [.. point.ExplicitBounds], [.. point.BucketCounts]);
    }

    public Distribution? Decode(ExponentialHistogramDataPoint point, Rejections rejections)
    {
        if (point.Scale is < ExponentialDistribution.MinimumScale or > ExponentialDistribution.MaximumScale)
        {
            rejections.Add($"The scale of an exponential histogram is from {ExponentialDistribution.MinimumScale} to {ExponentialDistribution.MaximumScale}.");
            return null;
        }

        if ((point.Positive?.BucketCounts.Count ?? 0) + (point.Negative?.BucketCounts.Count ?? 0) > limits.Value.BucketsPerPoint)
        {
            return TooManyBuckets(rejections);
        }

        return new ExponentialDistribution(point.Count, point.Sum, point.Scale, point.ZeroCount, point.ZeroThreshold, Side(point.Positive), Side(point.Negative));
    }

    public Distribution? Decode(SummaryDataPoint point, Rejections rejections)
    {
        if (point.QuantileValues.Count > limits.Value.BucketsPerPoint)
        {
            return TooManyBuckets(rejections);
        }

        if (point.QuantileValues.Any(item => item.Quantile is not (>= 0 and <= 1)))
        {
            rejections.Add("A quantile is from 0 to 1.");
            return null;
        }

        return new SummaryDistribution(point.Count, point.Sum, [.. point.QuantileValues.Select(item => (item.Quantile, item.Value))]);
    }

    private static ExponentialCounts Side(ExponentialHistogramDataPoint.Types.Buckets? buckets) => ExponentialCounts.Of(buckets?.Offset ?? 0, buckets?.BucketCounts ?? []);

    private Distribution? TooManyBuckets(Rejections rejections)
    {
        rejections.Add($"A point has at most {limits.Value.BucketsPerPoint} buckets or quantiles.");
        return null;
    }
}
