namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>Values as in OTLP.</summary>
public enum TelemetrySpanStatus
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
