namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>Where a resource answers.</summary>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Address">Its address.</param>
/// <param name="Text">What the model wants it called.</param>
/// <param name="IsLink">Whether a browser can open it.</param>
public sealed record ResourceUrl(string Endpoint, string Address, string? Text, bool IsLink);
