using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Dunnhumby.Lake.Files;

/// <summary>Small files and renames that survive a power cut: content and names are flushed before the call returns.</summary>
public static partial class DurableFile
{
    /// <summary>Writes a whole file aside and renames it into place: a reader sees the old content, the new content or no file, never a part.</summary>
    public static async Task WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var aside = path + ".new";
        await using (var stream = new FileStream(aside, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, Share = FileShare.None }.ForThisAccount()))
        {
            await stream.WriteAsync(content, cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
        DirectorySync.Flush(DirectoryOf(path));
    }

    /// <summary>Renames a file within one file system.</summary>
    /// <exception cref="IOException">The target exists.</exception>
    public static void Move(string source, string target)
    {
        File.Move(source, target, overwrite: false);
        DirectorySync.Flush(DirectoryOf(target));
        DirectorySync.Flush(DirectoryOf(source));
    }

    /// <summary>
    /// Gives the content of a file a second name, which lasts when the first one is removed. Where the file system has no such names the content is copied.
    /// </summary>
    /// <exception cref="IOException">There is no such file.</exception>
    public static void Link(string source, string target)
    {
        // What a crash left of an earlier try.
        File.Delete(target);
        if (!TryLink(source, target))
        {
            File.Copy(source, target);
            using var copy = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0);
            copy.Flush(flushToDisk: true);
        }

        DirectorySync.Flush(DirectoryOf(target));
    }

    /// <summary>Removes a file, if it exists.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        DirectorySync.Flush(DirectoryOf(path));
    }

    /// <summary>A second name for a file, which .NET cannot make. False where the system or the file system has none, or there is no such file.</summary>
    private static bool TryLink(string source, string target) => !OperatingSystem.IsWindows() && LinkNames(source, target) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkNames(string source, string target);

    private static string DirectoryOf(string path) => Path.GetDirectoryName(path) ?? throw new ArgumentException("The path names no file.", nameof(path));
}

/// <summary>
/// Makes a rename durable. A file's own flush does not cover its name: that is in the directory, and .NET cannot flush one.
/// </summary>
internal static partial class DirectorySync
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a directory's entries to disk. Does nothing on Windows, which has no such call.</summary>
    internal static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(directory);
        }

        try
        {
            if (Sync(descriptor) != 0)
            {
                throw Failure(directory);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string directory) =>
        new($"Could not flush the directory {directory}.", new Win32Exception(Marshal.GetLastPInvokeError()));

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
