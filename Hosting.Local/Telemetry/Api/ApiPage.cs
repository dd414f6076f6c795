namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>What matches, newest first.</summary>
/// <param name="Total">How many match; <paramref name="Items"/> stops at the limit.</param>
internal sealed record ApiPage<T>(IReadOnlyList<T> Items, int Total);
