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

    /// <summary>The absolute path of a file that the catalog lists.</summary>
    public string FullPath(string relativePath) => Path.Combine(Root, relativePath);

    /// <summary>Where files are written before they are complete; on the same file system, so that a rename puts them in place.</summary>
    public string Staging => Path.Combine(Root, "_staging");

    /// <summary>Where resumable uploads are kept until they are complete and loaded: a directory each.</summary>
    public string Uploads => Path.Combine(Staging, "uploads");
}
