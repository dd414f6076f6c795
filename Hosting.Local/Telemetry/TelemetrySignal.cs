namespace Dunnhumby.Hosting.Local.Telemetry;

/// <summary>What a client sends, and what can be paused, cleared and subscribed to on its own.</summary>
[Flags]
public enum TelemetrySignal
{
    None = 0,
    Logs = 1,
    Traces = 2,
    Metrics = 4,

    /// <summary>The list of resources: a new one, or new attributes of a known one.</summary>
    Resources = 8,

    /// <summary>What resources write to their consoles; kept apart from what clients send.</summary>
    Console = 16,
    All = Logs | Traces | Metrics | Resources,
}
