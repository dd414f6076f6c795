using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>
/// Removes files that the catalog does not know and that are old enough not to be on their way: what a killed process left in a table's folder or staged.
/// Looks at the eight tables' partitions and at files directly in the staging folder only: folders inside it, such as those of resumable uploads, belong to others.
/// </summary>
internal sealed partial class OrphanFiles(LakeLayout layout, IOptions<LakeCareOptions> options, TimeProvider time, ILogger<OrphanFiles> logger)
{
    /// <param name="lake">Must have been read before this is called: files that were placed since are younger than the grace.</param>
    /// <returns>How many were removed, and their size.</returns>
    internal (int Files, long Bytes) Remove(LakeSnapshot lake)
    {
        var known = lake.Files.Select(file => file.Path).Concat(lake.Retired.Select(file => file.Path)).Select(layout.FullPath).ToHashSet(StringComparer.Ordinal);
        var (files, bytes) = (0, 0L);
        foreach (var file in Candidates().Where(file => !known.Contains(file.FullName) && IsOld(file) && LakeFiles.IsUnused(file.FullName)).ToList())
        {
            files++;
            bytes += file.Length;
            Log.Removed(logger, Path.GetRelativePath(layout.Root, file.FullName), file.Length);
            LakeFiles.Delete(layout, file.FullName);
        }

        return (files, bytes);
    }

    private IEnumerable<FileInfo> Candidates()
    {
        var partitions = LakeTables.All
            .Select(table => new DirectoryInfo(Path.Combine(layout.Root, table.Name)))
            .Where(table => table.Exists)
            .SelectMany(table => table.EnumerateDirectories($"{LakeLayout.PartitionColumn}=*"));
        return partitions.Append(new DirectoryInfo(layout.Staging)).SelectMany(folder => folder.EnumerateFiles());
    }

    private bool IsOld(FileInfo file) => time.GetUtcNow().UtcDateTime - file.LastWriteTimeUtc >= options.Value.OrphanGrace;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Removed {Path} ({Bytes} bytes): the catalog does not know it")]
        public static partial void Removed(ILogger logger, string path, long bytes);
    }
}
