namespace Dunnhumby.Contracts.Insights;

/// <summary>A load whose rows are in a published version.</summary>
public sealed record VersionLoad(long Id, string Dataset, string Sha256, long Loaded, DateTimeOffset CompletedAt);
