using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Dunnhumby.Transform.Worker;

/// <summary>The names of this service's spans and measurements.</summary>
internal static class TransformTelemetry
{
    private const string Name = "Dunnhumby.Transform";

    private static readonly Meter Meter = new(Name);

    internal static readonly ActivitySource Activities = new(Name);

    /// <summary>Runs by outcome: published, unchanged, failed, fenced.</summary>
    internal static readonly Counter<long> Runs = Meter.CreateCounter<long>("dunnhumby.transform.runs", "{run}");

    internal static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>("dunnhumby.transform.run.duration", "s");

    internal static readonly Histogram<double> ModelDuration = Meter.CreateHistogram<double>("dunnhumby.transform.model.duration", "s");
}
