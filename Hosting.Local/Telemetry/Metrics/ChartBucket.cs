namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>What all streams of a chart measured during one bucket of time.</summary>
internal sealed class ChartBucket
{
    private readonly Dictionary<(double Lower, double Upper), ulong> _counts = [];
    private IReadOnlyList<DistributionBucket>? _ordered;

    public double? Value { get; private set; }

    public double? Increase { get; private set; }

    public double? Count { get; private set; }

    public double? Sum { get; private set; }

    /// <summary>Of summaries, by share; the largest of all streams.</summary>
    public Dictionary<double, double?> Quantiles { get; } = [];

    public void AddValue(double value) => Value = (Value ?? 0) + value;

    public void AddIncrease(double increase) => Increase = (Increase ?? 0) + increase;

    public void Add(Distribution distribution)
    {
        Count = (Count ?? 0) + distribution.Count;
        Sum = (Sum ?? 0) + distribution.Sum;
        foreach (var bucket in distribution.Buckets())
        {
            _counts[(bucket.Lower, bucket.Upper)] = _counts.GetValueOrDefault((bucket.Lower, bucket.Upper)) + bucket.Count;
        }

        if (distribution is SummaryDistribution summary)
        {
            foreach (var (share, value) in summary.Quantiles)
            {
                Quantiles[share] = Quantiles.GetValueOrDefault(share) is { } other ? Math.Max(other, value) : value;
            }
        }
    }

    /// <summary>Null when nothing was measured.</summary>
    public double? Percentile(double share) =>
        Percentiles.Of(_ordered ??= [.. _counts.Select(item => new DistributionBucket(item.Key.Lower, item.Key.Upper, item.Value)).OrderBy(bucket => bucket.Upper).ThenBy(bucket => bucket.Lower)], share);
}
