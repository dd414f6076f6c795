namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command is presented.</summary>
public class CommandOptions
{
    public string? Description { get; set; }

    /// <summary>Asked before the command runs.</summary>
    public string? ConfirmationMessage { get; set; }
}
