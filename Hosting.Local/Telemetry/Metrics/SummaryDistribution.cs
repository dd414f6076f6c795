namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>A summary: quantiles that its sender computed.</summary>
/// <param name="Quantiles">By share, from 0 to 1.</param>
internal sealed record SummaryDistribution(ulong Count, double Sum, (double Share, double Value)[] Quantiles) : Distribution(Count, Sum)
{
    /// <summary>Quantiles cannot be added: of each, the larger one stays.</summary>
    public override Distribution? Plus(Distribution other) =>
        other is SummaryDistribution summary
            ? new SummaryDistribution(
                Count + other.Count,
                Sum + other.Sum,
                [.. Quantiles.Concat(summary.Quantiles).GroupBy(item => item.Share).OrderBy(group => group.Key).Select(group => (group.Key, group.Max(item => item.Value)))])
            : null;

    /// <summary>The quantiles are those of the later point: their sender says what they cover.</summary>
    public override Distribution? Since(Distribution earlier) => Count < earlier.Count ? null : this with { Count = Count - earlier.Count, Sum = Sum - earlier.Sum };

    public override IReadOnlyList<DistributionBucket> Buckets() => [];

    public bool Equals(SummaryDistribution? other) => other is not null && Count == other.Count && Sum.Equals(other.Sum) && Quantiles.AsSpan().SequenceEqual(other.Quantiles);

    public override int GetHashCode() => HashCode.Combine(Count, Sum);
}
