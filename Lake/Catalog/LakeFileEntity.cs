namespace Dunnhumby.Lake.Catalog;

/// <summary>A Parquet file that belongs to the lake: a row of <c>catalog.lake_files</c>.</summary>
public sealed class LakeFileEntity
{
    /// <summary>Relative to the lake's root, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>The load that wrote it; null for a compacted file, whose loads are <see cref="Loads"/>.</summary>
    public required long? LoadId { get; init; }

    public required long Rows { get; init; }
    public required long Bytes { get; init; }

    /// <summary>The loads whose rows are in a compacted file; none for the file of a load.</summary>
    public ICollection<LakeFileLoadEntity> Loads { get; } = [];
}
