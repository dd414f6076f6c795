namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>Tells an instrument from all others of a resource.</summary>
public readonly record struct InstrumentKey(string Meter, string Name);
