namespace Dunnhumby.Lake.Versions;

/// <summary>A derived table of a version: a row of <c>insights.version_tables</c>.</summary>
public sealed class VersionTableEntity
{
    public required int Version { get; init; }
    public required string Name { get; init; }

    /// <summary>Position in listings, from 0.</summary>
    public required int Ordinal { get; init; }

    public required long Rows { get; init; }

    /// <summary>What one row is, in words.</summary>
    public required string Grain { get; init; }

    /// <summary>Column names in order.</summary>
    public required string[] Columns { get; init; }
}
