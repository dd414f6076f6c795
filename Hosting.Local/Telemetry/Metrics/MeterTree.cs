namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>A meter and its instruments, by name.</summary>
public sealed record MeterTree(string Name, IReadOnlyList<InstrumentDescription> Instruments);
