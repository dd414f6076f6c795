namespace Dunnhumby.Hosting.Local.Dashboard.Resources;

/// <summary>A check of a resource and its last result.</summary>
/// <param name="Name">What is checked.</param>
/// <param name="IsHealthy">The last outcome; null before the first.</param>
/// <param name="Report">Why it is not healthy.</param>
/// <param name="At">When it was last checked.</param>
public sealed record ResourceHealthCheck(string Name, bool? IsHealthy, string? Report, DateTimeOffset? At);
