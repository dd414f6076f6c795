namespace Dunnhumby.Lake.Versions;

/// <summary>A published version of the derived tables: a row of <c>insights.versions</c>. The highest number is the current one.</summary>
public sealed class VersionEntity
{
    public required int Version { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public required long RunId { get; init; }

    /// <summary>The calendar date of DAY 1.</summary>
    public required DateOnly DayOne { get; init; }

    /// <summary>Hash of inputs, settings and models: a run with the same one has nothing to do.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>
    /// Of each part that was computed without a failure, by its name (tables, models of notices, data tests): the hash of what it was made from. A run carries a part
    /// over while that stays the same.
    /// </summary>
    public IReadOnlyDictionary<string, string> PartFingerprints { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The schema that holds this version's tables: <c>insights_v000123</c>. A table that was carried over is there as a view of an older schema's table.</summary>
    public required string SchemaName { get; init; }

    /// <summary>The settings it was computed with, as a JSON object.</summary>
    public required string Settings { get; init; }

    public ICollection<VersionLoadEntity> Loads { get; } = [];
    public ICollection<VersionTableEntity> Tables { get; } = [];
    public ICollection<VersionNoticeEntity> Notices { get; } = [];
}
