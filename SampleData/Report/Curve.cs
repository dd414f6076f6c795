namespace Dunnhumby.SampleData.Report;

/// <summary>A marginal distribution as points.</summary>
/// <param name="Name">For file names.</param>
internal sealed record Curve(string Name, string Title, IReadOnlyList<string> Labels, IReadOnlyList<double> Values);
