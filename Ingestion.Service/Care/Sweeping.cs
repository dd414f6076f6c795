using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;
using Microsoft.Extensions.Options;
using Npgsql;

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

/// <summary>
/// Removes files that are no longer part of the lake once nobody can use them: after the grace for readers, and when every transform run that began before,
/// or shortly after, has ended.
/// </summary>
internal sealed class RetiredFiles(LakeLayout layout, IOptions<LakeCareOptions> options)
{
    /// <returns>How many were removed.</returns>
    internal async Task<int> RemoveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<string> due = [];
        await using (var command = new NpgsqlCommand(
            """
            select path
            from catalog.retired_files as file
            where retired_at < clock_timestamp() - $1
                and not exists (
                    select from catalog.runs as run
                    where run.state = 'running' and run.lease_until > clock_timestamp() and run.started_at <= file.retired_at + $1)
            """,
            connection)
        { Parameters = { new() { Value = options.Value.ReaderGrace } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                due.Add(reader.GetString(0));
            }
        }

        foreach (var path in due)
        {
            LakeFiles.Delete(layout, layout.FullPath(path));
        }

        await using var forget = new NpgsqlCommand("delete from catalog.retired_files where path = any($1)", connection) { Parameters = { new() { Value = due.ToArray() } } };
        await forget.ExecuteNonQueryAsync(cancellationToken);
        return due.Count;
    }
}

/// <summary>Files in the lake's directory.</summary>
internal static class LakeFiles
{
    /// <summary>Removes a file, and its partition when nothing is left in it. A file that is gone already is no error.</summary>
    internal static void Delete(LakeLayout layout, string path)
    {
        var directory = Path.GetDirectoryName(path) ?? layout.Root;
        if (!Directory.Exists(directory))
        {
            return;
        }

        File.Delete(path);
        if (!string.Equals(directory, layout.Staging, StringComparison.Ordinal) && !Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }

    /// <summary>Whether no process has the file open: every writer here holds a lock that excludes an exclusive one.</summary>
    internal static bool IsUnused(string path)
    {
        try
        {
            using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
