namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>A labelled place on an axis.</summary>
/// <param name="At">Coordinate in the picture.</param>
/// <param name="Label">Short text.</param>
public sealed record Tick(double At, string Label);
