namespace Dunnhumby.Hosting.Local.Telemetry.Api;

internal sealed record ApiResource(
    string Id,
    string Name,
    string? InstanceId,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    int UnviewedErrors,
    IReadOnlyDictionary<string, string> Attributes);
