using System.Globalization;

namespace Dunnhumby.Lake.Files;

/// <summary>
/// Where the lake's files are: <c>{root}/{table}/load={load id}/part-00000.parquet</c>, Hive-partitioned by load.
/// The catalog lists every file that counts; a file that it does not list is not part of the lake.
/// </summary>
/// <param name="Root">An absolute directory that every service of the system sees under the same path.</param>
public sealed record LakeLayout(string Root)
{
    /// <summary>The partition column that a Hive-style reader adds.</summary>
    public const string PartitionColumn = "load";

    /// <summary>The path of a part file relative to <see cref="Root"/>, with forward slashes, as the catalog stores it.</summary>
    public static string PartFile(string table, long loadId, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}/{PartitionColumn}={loadId}/part-{part:D5}.parquet");

    /// <summary>The column of a compacted file that says which load a row is of; a reader that knows it does not need the partition.</summary>
    public const string LoadColumn = "load_id";

    /// <summary>The column that says on which line of its file a row began; null in rows of files from before it was kept.</summary>
    public const string LineColumn = "source_line";

    private const string CompactedPrefix = "compact-";

    /// <summary>Where what readers without the catalog need is written: per table its files, and views.</summary>
    public const string Manifests = "_manifest";

    /// <summary>The path of a compacted file: in the partition of one of its loads, which is the one that a reader by partition shall take its rows for.</summary>
    public static string CompactedFile(string table, long partition, Guid id) =>
        string.Create(CultureInfo.InvariantCulture, $"{table}/{PartitionColumn}={partition}/{CompactedPrefix}{id:N}.parquet");

    /// <summary>Whether a file holds rows of several loads, with <see cref="LoadColumn"/>.</summary>
    public static bool IsCompacted(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        return relativePath.AsSpan(relativePath.LastIndexOf('/') + 1).StartsWith(CompactedPrefix, StringComparison.Ordinal);
    }

    /// <summary>The absolute path of a file that the catalog lists.</summary>
    public string FullPath(string relativePath) => Path.Combine(Root, relativePath);

    /// <summary>Where files are written before they are complete; on the same file system, so that a rename puts them in place.</summary>
    public string Staging => Path.Combine(Root, "_staging");

    /// <summary>Where resumable uploads are kept until they are complete and loaded: a directory each.</summary>
    public string Uploads => Path.Combine(Staging, "uploads");
}
