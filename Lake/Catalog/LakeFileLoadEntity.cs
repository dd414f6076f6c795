namespace Dunnhumby.Lake.Catalog;

/// <summary>That a compacted file holds rows of a load: a row of <c>catalog.lake_file_loads</c>.</summary>
public sealed class LakeFileLoadEntity
{
    public required string Path { get; init; }
    public required long LoadId { get; init; }
    public required long Rows { get; init; }
}
