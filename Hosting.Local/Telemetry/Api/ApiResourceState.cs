namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <param name="Id">As in the telemetry of the resource, where it sends any.</param>
/// <param name="Health"><c>Healthy</c> or <c>Unhealthy</c>; null without checks or before the first.</param>
/// <param name="Reason">What it waits for, or what is wrong with it.</param>
internal sealed record ApiResourceState(
    string Id, string Name, string Type, string State, string? Health, int? ExitCode, string? Reason, DateTimeOffset? StartedAt, IReadOnlyList<string> Urls);
