namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>That one resource has to do with another.</summary>
/// <param name="From">Name of the one that refers.</param>
/// <param name="To">Name of the one referred to.</param>
/// <param name="Relations">How: Reference, Wait for, Wait for completion, Environment, Part of.</param>
public sealed record ResourceLink(string From, string To, IReadOnlyList<string> Relations)
{
    /// <summary>Such as <c>Reference, Wait for</c>.</summary>
    public string Text => string.Join(", ", Relations);
}
