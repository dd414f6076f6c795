namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>
/// One side of an exponential histogram: counts by bucket index, empty ones left out, so that a sender cannot make a huge array of a huge offset.
/// Bucket i at scale s covers the values above 2^(i·2^-s) and up to 2^((i+1)·2^-s).
/// </summary>
/// <param name="Items">By rising index; no index twice, no count zero.</param>
internal sealed record ExponentialCounts((long Index, ulong Count)[] Items)
{
    public static ExponentialCounts Of(int offset, IReadOnlyList<ulong> counts) =>
        new([.. counts.Select((count, index) => ((long)offset + index, count)).Where(item => item.count > 0)]);

    /// <summary>Each step of the scale downwards merges two neighbours.</summary>
    public ExponentialCounts Downscale(int steps) =>
        steps == 0 ? this : new([.. Items.GroupBy(item => item.Index >> steps).Select(group => (group.Key, group.Aggregate(0UL, (sum, item) => sum + item.Count)))]);

    public ExponentialCounts Plus(ExponentialCounts other) =>
        new([.. Items.Concat(other.Items).GroupBy(item => item.Index).OrderBy(group => group.Key).Select(group => (group.Key, group.Aggregate(0UL, (sum, item) => sum + item.Count)))]);

    /// <summary>Null when a bucket would fall below zero.</summary>
    public ExponentialCounts? Minus(ExponentialCounts other)
    {
        var left = Items.ToDictionary(item => item.Index, item => item.Count);
        foreach (var (index, count) in other.Items)
        {
            if (left.GetValueOrDefault(index) < count)
            {
                return null;
            }

            left[index] -= count;
        }

        return new([.. left.Where(item => item.Value > 0).OrderBy(item => item.Key).Select(item => (item.Key, item.Value))]);
    }

    public bool Equals(ExponentialCounts? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Length;
}
