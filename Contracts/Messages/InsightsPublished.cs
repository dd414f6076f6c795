namespace Dunnhumby.Contracts.Messages;

/// <summary>A new version of the derived tables is the one that readers see.</summary>
/// <param name="Version">The new version's number; versions grow by one.</param>
/// <param name="RunId">The run that built it.</param>
/// <param name="PublishedAt">When it was committed.</param>
public sealed record InsightsPublished(int Version, long RunId, DateTimeOffset PublishedAt);
