namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>What pages and the API tell about one instance of a resource, at one moment.</summary>
/// <param name="Id">Unique, such as <c>insights-abcdefgh</c>.</param>
/// <param name="Name">The resource's name, which its replicas share.</param>
/// <param name="DisplayName">The name, or the id where there are replicas.</param>
/// <param name="Type">Such as Project or Database.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Health">Outcome of its health checks; null without any, or before the first.</param>
/// <param name="HealthReport">Why it is not healthy.</param>
/// <param name="Problem">Why it failed to start.</param>
/// <param name="WaitsFor">Ids of what it waits for right now.</param>
/// <param name="StartedAt">Since when it runs, or ran last.</param>
/// <param name="ExitCode">Once it has finished.</param>
/// <param name="ProcessId">While it runs.</param>
/// <param name="Source">What is run: a project file, a command, a database in its server.</param>
/// <param name="Urls">Where it answers.</param>
/// <param name="Commands">What can be asked of it.</param>
/// <param name="Value">Of a parameter or a connection string.</param>
/// <param name="IsSecret">Whether the value is shown on demand only.</param>
public sealed record ResourceView(
    string Id,
    string Name,
    string DisplayName,
    string Type,
    string State,
    bool? Health,
    string? HealthReport,
    string? Problem,
    IReadOnlyList<string> WaitsFor,
    DateTimeOffset? StartedAt,
    int? ExitCode,
    int? ProcessId,
    string Source,
    IReadOnlyList<ResourceUrl> Urls,
    IReadOnlyList<ResourceCommand> Commands,
    string? Value,
    bool IsSecret)
{
    /// <summary>Whether it is a value and not something that runs.</summary>
    public bool IsValue => Value is not null;

    /// <summary>The state as people read it, health included.</summary>
    public string ShownState => (State, Health) switch
    {
        ("Running", false) => "Unhealthy",
        ("Running", true) => "Healthy",
        ("NotStarted", _) => "Not started",
        ("FailedToStart", _) => "Failed to start",
        ("Finished", _) when ExitCode is { } code => $"Finished ({code})",
        _ => State,
    };

    /// <summary>Name of the look that goes with the state: good, bad, busy or idle.</summary>
    public string Look => (State, Health) switch
    {
        ("Running", false) or ("FailedToStart", _) => "bad",
        ("Running", _) => "good",
        ("Finished", _) => ExitCode is null or 0 ? "idle" : "bad",
        ("NotStarted", _) => "idle",
        _ => "busy",
    };

    /// <summary>What else there is to say of the state: what it waits for, or what is wrong.</summary>
    public string? StateNote => WaitsFor.Count > 0 ? $"Waits for {string.Join(", ", WaitsFor)}." : Problem ?? HealthReport;
}
