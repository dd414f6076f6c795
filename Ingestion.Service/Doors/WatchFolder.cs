using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Lake.Files;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>
/// The watch folder and what is in it: files that were dropped, <c>working/</c> with those that are being loaded, <c>done/</c> and <c>failed/</c> with those
/// that were, each with its report beside it.
/// </summary>
internal sealed class WatchFolder
{
    private readonly string _root;
    private readonly string _working;

    public WatchFolder(IOptions<IngestionOptions> options)
    {
        IsConfigured = !string.IsNullOrWhiteSpace(options.Value.WatchFolder);
        _root = IsConfigured ? Path.GetFullPath(options.Value.WatchFolder ?? "") : "";
        _working = Path.Combine(_root, "working");
    }

    internal bool IsConfigured { get; }

    internal void Create()
    {
        Directory.CreateDirectory(_working);
        Directory.CreateDirectory(Path.Combine(_root, "done"));
        Directory.CreateDirectory(Path.Combine(_root, "failed"));
    }

    /// <summary>Regular files that were dropped and may be taken. Others (links, names of unfinished copies, other kinds) stay where they are.</summary>
    internal IEnumerable<FileInfo> Dropped() => FilesIn(_root);

    /// <summary>Files that are being loaded, or were when a process died.</summary>
    internal IEnumerable<FileInfo> Working() => FilesIn(_working);

    /// <summary>
    /// Claims a file by moving it into <c>working/</c>. Of several replicas one succeeds; null for the others, and while a file of that name is in work.
    /// </summary>
    internal FileInfo? TryTake(FileInfo dropped)
    {
        var target = Path.Combine(_working, dropped.Name);
        try
        {
            // A plain rename would overwrite. This one does not, and the second process finds no source.
            DurableFile.Move(dropped.FullName, target);
        }
        catch (IOException)
        {
            return null;
        }

        return new FileInfo(target);
    }

    /// <summary>Locks a file in <c>working/</c> against other replicas; the lock ends with the process. Null when another one has it.</summary>
    internal IDisposable? TryLock(FileInfo file)
    {
        try
        {
            return new FileStream(LockOf(file), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Writes the report, then moves the file beside it, under its own name or, when that is taken, one with a number.</summary>
    internal async Task<string> FileAsync(FileInfo file, bool succeeded, Func<string, byte[]> report, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(_root, succeeded ? "done" : "failed");
        var target = FreeName(folder, file.Name);
        await DurableFile.WriteAsync(target + ".json", report(Path.GetFileName(target)), cancellationToken);
        DurableFile.Move(file.FullName, target);
        File.Delete(LockOf(file));
        return target;
    }

    private static IEnumerable<FileInfo> FilesIn(string folder) => new DirectoryInfo(folder)
        .EnumerateFiles()
        .Where(file => !file.Name.StartsWith('.')
            && !file.Attributes.HasFlag(FileAttributes.ReparsePoint)
            && (DatasetFiles.IsArchive(file.Name) || DatasetFiles.Endings.Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))))
        .OrderBy(file => file.LastWriteTimeUtc)
        .ThenBy(file => file.Name, StringComparer.Ordinal);

    private static string FreeName(string folder, string name)
    {
        var target = Path.Combine(folder, name);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        for (var number = 2; File.Exists(target); number++)
        {
            target = Path.Combine(folder, $"{name[..dot]}-{number}{name[dot..]}");
        }

        return target;
    }

    private string LockOf(FileInfo file) => Path.Combine(_working, $".{file.Name}.lock");
}
