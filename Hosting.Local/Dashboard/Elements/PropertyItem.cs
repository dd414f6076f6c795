namespace Dunnhumby.Hosting.Local.Dashboard.Elements;

/// <summary>A name and its value in a <see cref="PropertyTable"/>.</summary>
/// <param name="Name">Unique in its table.</param>
/// <param name="Value">Shown as text.</param>
/// <param name="IsMasked">Whether it is shown on demand only.</param>
/// <param name="Link">Where a click on the value leads.</param>
public sealed record PropertyItem(string Name, string Value, bool IsMasked = false, string? Link = null);
