namespace Dunnhumby.Lake.Versions;

/// <summary>A load whose rows are in a version: a row of <c>insights.version_loads</c>, with what readers show of the load.</summary>
public sealed class VersionLoadEntity
{
    public required int Version { get; init; }
    public required long LoadId { get; init; }
    public required string Dataset { get; init; }
    public required string Sha256 { get; init; }
    public required long Loaded { get; init; }
    public required DateTimeOffset CompletedAt { get; init; }
}
