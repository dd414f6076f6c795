namespace Dunnhumby.Hosting.Local.Telemetry.Metrics;

/// <summary>An instrument as its sender describes it.</summary>
/// <param name="Unit">In UCUM, such as <c>By</c>, <c>s</c> or <c>{request}</c>; may be empty.</param>
/// <param name="IsMonotonic">A sum that only rises.</param>
/// <param name="IsDelta">The sender sends differences. They are added up on arrival: whatever is read here is cumulative.</param>
public sealed record InstrumentDescription(InstrumentKey Key, InstrumentKind Kind, string Description, string Unit, bool IsMonotonic, bool IsDelta);
