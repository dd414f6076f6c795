namespace Dunnhumby.Hosting.Local.Telemetry.Logs;

/// <summary>OpenTelemetry's six ranges of severity, in order.</summary>
public enum TelemetrySeverity
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}
