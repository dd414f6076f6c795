namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>What is known of an instance at one moment.</summary>
/// <param name="State">Where it is in its life.</param>
/// <param name="Healthy">Outcome of the last health check; null without checks, or before the first.</param>
/// <param name="HealthReport">Why it is not healthy.</param>
/// <param name="IsReady">Whether it runs, is healthy if it has checks, and has what it promises, such as its database.</param>
/// <param name="ProcessId">While it runs.</param>
/// <param name="ExitCode">Once it has finished.</param>
/// <param name="StartedAt">Since when it runs, or ran last.</param>
/// <param name="CheckedAt">When its health was last checked.</param>
/// <param name="Problem">Why it failed to start.</param>
internal sealed record ResourceStatus(
    ResourceState State,
    bool? Healthy = null,
    string? HealthReport = null,
    bool IsReady = false,
    int? ProcessId = null,
    int? ExitCode = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? CheckedAt = null,
    string? Problem = null);
