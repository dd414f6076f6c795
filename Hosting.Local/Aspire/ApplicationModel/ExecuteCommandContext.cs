namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a command gets to know.</summary>
public sealed class ExecuteCommandContext
{
    public required IServiceProvider ServiceProvider { get; init; }

    /// <summary>The id of the resource, such as <c>insights-abcdefgh</c>.</summary>
    public required string ResourceName { get; init; }

    public required CancellationToken CancellationToken { get; init; }
}
