namespace Dunnhumby.Hosting.Local.Telemetry.Api;

/// <summary>A resource with its telemetry, its state, or both: not everything that runs sends telemetry, and not everything that sends it is run here.</summary>
internal sealed record ApiResource(
    string Id,
    string Name,
    string? Type,
    string? State,
    string? Health,
    int? ExitCode,
    string? Reason,
    DateTimeOffset? StartedAt,
    IReadOnlyList<string> Urls,
    string? InstanceId,
    DateTimeOffset? FirstSeen,
    DateTimeOffset? LastSeen,
    int UnviewedErrors,
    IReadOnlyDictionary<string, string> Attributes);
