namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>What a histogram or a summary measured, since its stream began or between two points of it. Immutable.</summary>
internal abstract record Distribution(ulong Count, double Sum)
{
    /// <summary>Both together; null when their buckets cannot be brought together.</summary>
    public abstract Distribution? Plus(Distribution other);

    /// <summary>What came after <paramref name="earlier"/>; null when this does not continue it, which is what a restart of the sender looks like.</summary>
    public abstract Distribution? Since(Distribution earlier);

    /// <summary>The buckets that are not empty, in rising order.</summary>
    public abstract IReadOnlyList<DistributionBucket> Buckets();
}
