namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>Percentiles from bucket counts, by the rules of Prometheus' <c>histogram_quantile</c>.</summary>
internal static class Percentiles
{
    /// <summary>
    /// The value that the given share of the measurements do not exceed, taking them to be spread evenly within a bucket. The lowest bucket begins at zero when
    /// its bound is positive; of a bucket without an end, only the finite end is known. Null when there are no measurements.
    /// </summary>
    /// <param name="buckets">In rising order.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double? Of(IReadOnlyList<DistributionBucket> buckets, double share)
    {
        var total = buckets.Sum(bucket => (double)bucket.Count);
        if (total <= 0)
        {
            return null;
        }

        var rank = share * total;
        var below = 0.0;
        foreach (var bucket in buckets)
        {
            if (below + bucket.Count >= rank)
            {
                return Within(bucket, (rank - below) / bucket.Count);
            }

            below += bucket.Count;
        }

        // Only rounding leads here.
        return Within(buckets[^1], 1);
    }

    private static double? Within(DistributionBucket bucket, double part)
    {
        if (double.IsPositiveInfinity(bucket.Upper))
        {
            return double.IsFinite(bucket.Lower) ? bucket.Lower : null;
        }

        if (double.IsNegativeInfinity(bucket.Lower))
        {
            return bucket.Upper <= 0 ? bucket.Upper : bucket.Upper * part;
        }

        return bucket.Lower + ((bucket.Upper - bucket.Lower) * part);
    }
}
