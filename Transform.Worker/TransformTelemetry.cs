using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dunnhumby.Transform.Worker;

/// <summary>The names of this service's spans and measurements.</summary>
internal static class TransformTelemetry
{
    private const string Name = "Dunnhumby.Transform";

    private static readonly Meter Meter = new(Name);

    /// <summary>Boundaries in seconds: the usual ones count in milliseconds and would put every run into the first bucket.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] };

    internal static readonly ActivitySource Activities = new(Name);

    /// <summary>Runs by outcome: published, unchanged, failed, fenced.</summary>
    internal static readonly Counter<long> Runs = Meter.CreateCounter<long>("dunnhumby.transform.runs", "{run}", "Runs, by outcome.");

    internal static readonly Histogram<double> RunDuration =
        Meter.CreateHistogram("dunnhumby.transform.run.duration", "s", "Duration of runs, by outcome.", tags: null, Seconds);

    internal static readonly Histogram<double> ModelDuration =
        Meter.CreateHistogram("dunnhumby.transform.model.duration", "s", "Duration of a model's query, by model.", tags: null, Seconds);
}
