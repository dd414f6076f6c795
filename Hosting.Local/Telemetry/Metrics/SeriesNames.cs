namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>The lines that charts are made of.</summary>
public static class SeriesNames
{
    /// <summary>Gauge and sum: the value at the end of each bucket, all streams added up.</summary>
    public const string Value = "Value";

    /// <summary>Monotonic sum: what was added during each bucket.</summary>
    public const string Increase = "Increase";

    /// <summary>Histograms: percentiles of what was measured during each bucket.</summary>
    public const string P50 = "P50";
    public const string P90 = "P90";
    public const string P99 = "P99";

    /// <summary>Histograms and summaries: measurements during each bucket.</summary>
    public const string Count = "Count";

    /// <summary>Histograms and summaries: the sum of the measurements during each bucket.</summary>
    public const string Sum = "Sum";
}
