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
}
