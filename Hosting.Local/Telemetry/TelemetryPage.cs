namespace Dunnhumby.Hosting.Local.Telemetry;

/// <summary>A window into the matches of a query.</summary>
/// <param name="Items">The window.</param>
/// <param name="Offset">Index of the first item among all matches.</param>
/// <param name="Total">How many items match.</param>
public sealed record TelemetryPage<T>(IReadOnlyList<T> Items, int Offset, int Total);
