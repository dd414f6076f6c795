namespace Dunnhumby.Lake.Files;

/// <summary>
/// A file that is written aside and put in place when it is complete. Unless <see cref="Keep"/> was called, disposing removes it, wherever it is.
/// </summary>
public sealed class StagedFile : IDisposable
{
    private readonly LakeLayout _layout;
    private readonly FileStream _stream;
    private string? _path;

    /// <summary>Begins an empty file in the staging directory.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public StagedFile(LakeLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        _layout = layout;
        _path = Path.Combine(layout.Staging, Guid.CreateVersion7().ToString("N") + ".parquet");
        _stream = new FileStream(_path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 }.ForThisAccount());
    }

    /// <summary>Where to write.</summary>
    public Stream Stream => _stream;

    /// <summary>The absolute path at present.</summary>
    /// <exception cref="InvalidOperationException">The file was kept: it is the lake's now.</exception>
    public string CurrentPath => _path ?? throw new InvalidOperationException("The file was handed over.");

    /// <summary>Size in bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Flushes the content to disk and ends the writing.</summary>
    public void Finish()
    {
        Length = _stream.Length;
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
    }

    /// <summary>Renames the finished file to its place and flushes the directories that changed.</summary>
    public void Place(string relativePath)
    {
        var target = _layout.FullPath(relativePath);
        var directory = Path.GetDirectoryName(target) ?? _layout.Root;
        PrivateFiles.CreateDirectory(directory);
        File.Move(CurrentPath, target);
        _path = target;
        DirectorySync.Flush(directory);
        DirectorySync.Flush(Path.GetDirectoryName(directory) ?? _layout.Root);
    }

    /// <summary>The catalog lists the file now (or may list it): do not remove it.</summary>
    public void Keep() => _path = null;

    /// <inheritdoc />
    public void Dispose()
    {
        _stream.Dispose();
        if (_path is null)
        {
            return;
        }

        File.Delete(_path);
        RemoveEmptyPartition(_path);
        _path = null;
    }

    private void RemoveEmptyPartition(string path)
    {
        var directory = Path.GetDirectoryName(path);
        if (directory is not null && !string.Equals(directory, _layout.Staging, StringComparison.Ordinal) && !Directory.EnumerateFileSystemEntries(directory).Any())
        {
            Directory.Delete(directory);
        }
    }
}

/// <summary>Puts a file that another program wrote aside, such as a query engine, in its place.</summary>
public static class PlacedFile
{
    /// <summary>Flushes the file at <paramref name="path"/>, renames it and flushes the directories that changed.</summary>
    /// <param name="relativePath">Relative to the lake's root. An existing file is replaced.</param>
    /// <returns>Its size in bytes.</returns>
    public static long Place(LakeLayout layout, string path, string relativePath)
    {
        ArgumentNullException.ThrowIfNull(layout);
        long length;
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
        {
            stream.Flush(flushToDisk: true);
            length = stream.Length;
        }

        var target = layout.FullPath(relativePath);
        var directory = Path.GetDirectoryName(target) ?? layout.Root;
        PrivateFiles.CreateDirectory(directory);
        PrivateFiles.Restrict(path);
        File.Move(path, target, overwrite: true);
        DirectorySync.Flush(directory);
        DirectorySync.Flush(Path.GetDirectoryName(directory) ?? layout.Root);
        return length;
    }
}
