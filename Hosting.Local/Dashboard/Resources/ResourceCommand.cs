namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>Something that can be asked of a resource.</summary>
/// <param name="Name">Identifies it.</param>
/// <param name="DisplayName">Presents it.</param>
/// <param name="Description">What it does.</param>
/// <param name="Confirmation">Asked first.</param>
/// <param name="IsEnabled">Whether it makes sense now.</param>
public sealed record ResourceCommand(string Name, string DisplayName, string? Description, string? Confirmation, bool IsEnabled);
