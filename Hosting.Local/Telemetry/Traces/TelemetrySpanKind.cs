namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>Values as in OTLP.</summary>
public enum TelemetrySpanKind
{
    Unspecified = 0,
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}
