using Dunnhumby.Hosting.Local.Telemetry.Changes;
using Dunnhumby.Hosting.Local.Telemetry.Logs;
using Dunnhumby.Hosting.Local.Telemetry.Metrics;
using Dunnhumby.Hosting.Local.Telemetry.Resources;
using Dunnhumby.Hosting.Local.Telemetry.Traces;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Hosting.Local.Telemetry;

/// <summary>All telemetry of the running application, in memory and bounded by <see cref="TelemetryLimits"/>. One per process; thread-safe.</summary>
public sealed class TelemetryStore
{
    private int _paused;

    public TelemetryStore(IOptions<TelemetryLimits> limits, TimeProvider time, ILogger<TelemetryChanges> logger)
    {
        Changes = new TelemetryChanges(time, logger);
        Logs = new LogStore(limits, Changes);
        Traces = new TraceStore(limits, Changes);
        Metrics = new MetricStore(limits, Changes, time);
        Resources = new ResourceDirectory(limits, Changes, time, Forget);
    }

    public TelemetryChanges Changes { get; }

    public ResourceDirectory Resources { get; }

    public LogStore Logs { get; }

    public TraceStore Traces { get; }

    public MetricStore Metrics { get; }

    /// <summary>The signals that are paused: what arrives of them is accepted and forgotten.</summary>
    public TelemetrySignal Paused => (TelemetrySignal)Volatile.Read(ref _paused);

    /// <summary>Pauses signals for everybody; what is stored stays.</summary>
    public void Pause(TelemetrySignal signals)
    {
        Interlocked.Or(ref _paused, (int)signals);
        Changes.Raise(signals);
    }

    public void Resume(TelemetrySignal signals)
    {
        Interlocked.And(ref _paused, ~(int)signals);
        Changes.Raise(signals);
    }

    /// <summary>Forgets the given signals of a resource (its id or name), or of all. Resources stay listed.</summary>
    public void Clear(TelemetrySignal signals, string? resource = null)
    {
        if (signals.HasFlag(TelemetrySignal.Logs))
        {
            Logs.Clear(resource);
        }

        if (signals.HasFlag(TelemetrySignal.Traces))
        {
            Traces.Clear(resource);
        }

        if (signals.HasFlag(TelemetrySignal.Metrics))
        {
            Metrics.Clear(resource);
        }
    }

    internal bool IsPaused(TelemetrySignal signal) => (Paused & signal) != TelemetrySignal.None;

    private void Forget(TelemetryResource resource)
    {
        Metrics.Forget(resource);
        Logs.UnviewedErrors.Forget(resource);
    }
}
