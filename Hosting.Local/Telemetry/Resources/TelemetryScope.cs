namespace Dunnhumby.Hosting.Local.Telemetry.Resources;

/// <summary>The library that made the telemetry: an activity source, a logger's category, or a meter.</summary>
public sealed record TelemetryScope(string Name, string Version, TelemetryAttributes Attributes);
