namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>Somebody pressed a command's button.</summary>
/// <param name="Resource">On this resource.</param>
/// <param name="Command">This one.</param>
public sealed record ResourceCommandRequest(ResourceView Resource, ResourceCommand Command);
