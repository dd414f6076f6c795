namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>That a resource has to do with another.</summary>
/// <param name="Name">The other's name.</param>
/// <param name="Relation">How: Reference, WaitFor, Parent.</param>
public sealed record ResourceReference(string Name, string Relation);
