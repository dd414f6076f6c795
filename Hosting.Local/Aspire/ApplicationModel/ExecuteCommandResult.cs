namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command went.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    /// <summary>Why it did not succeed.</summary>
    public string? ErrorMessage { get; init; }
}
