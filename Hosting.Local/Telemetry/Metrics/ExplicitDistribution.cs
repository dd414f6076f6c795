namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>A histogram with bounds given by its sender.</summary>
/// <param name="Bounds">Rising.</param>
/// <param name="Counts">One more than there are bounds, or none when the sender sends no buckets.</param>
internal sealed record ExplicitDistribution(ulong Count, double Sum, double[] Bounds, ulong[] Counts) : Distribution(Count, Sum)
{
    public override Distribution? Plus(Distribution other) =>
        other is ExplicitDistribution histogram && SameBounds(histogram)
            ? new ExplicitDistribution(Count + other.Count, Sum + other.Sum, Bounds, Combine(histogram, (left, right) => left + right))
            : null;

    public override Distribution? Since(Distribution earlier)
    {
        if (earlier is not ExplicitDistribution histogram || !SameBounds(histogram) || Count < earlier.Count)
        {
            return null;
        }

        for (var index = 0; index < Counts.Length; index++)
        {
            if (Counts[index] < histogram.Counts[index])
            {
                return null;
            }
        }

        return new ExplicitDistribution(Count - earlier.Count, Sum - earlier.Sum, Bounds, Combine(histogram, (left, right) => left - right));
    }

    public override IReadOnlyList<DistributionBucket> Buckets()
    {
        List<DistributionBucket> buckets = [];
        for (var index = 0; index < Counts.Length; index++)
        {
            if (Counts[index] > 0)
            {
                buckets.Add(new DistributionBucket(
                    index == 0 ? double.NegativeInfinity : Bounds[index - 1],
                    index == Bounds.Length ? double.PositiveInfinity : Bounds[index],
                    Counts[index]));
            }
        }

        return buckets;
    }

    /// <summary>By content; the record's own equality would compare the arrays' references.</summary>
    public bool Equals(ExplicitDistribution? other) => other is not null && Count == other.Count && Sum.Equals(other.Sum) && SameBounds(other) && Counts.AsSpan().SequenceEqual(other.Counts);

    public override int GetHashCode() => HashCode.Combine(Count, Sum);

    /// <summary>The same, sharing the bounds of its stream instead of holding a copy of its own.</summary>
    public ExplicitDistribution ShareBounds(Distribution? previous) => previous is ExplicitDistribution histogram && SameBounds(histogram) ? this with { Bounds = histogram.Bounds } : this;

    private bool SameBounds(ExplicitDistribution other) =>
        Counts.Length == other.Counts.Length && (ReferenceEquals(Bounds, other.Bounds) || Bounds.AsSpan().SequenceEqual(other.Bounds));

    private ulong[] Combine(ExplicitDistribution other, Func<ulong, ulong, ulong> combine)
    {
        var combined = new ulong[Counts.Length];
        for (var index = 0; index < combined.Length; index++)
        {
            combined[index] = combine(Counts[index], other.Counts[index]);
        }

        return combined;
    }
}
