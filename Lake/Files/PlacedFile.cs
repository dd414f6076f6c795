namespace Dunnhumby.Lake.Files;

/// <summary>Puts a file that another program wrote aside, such as a query engine, in its place.</summary>
public static class PlacedFile
{
    /// <summary>Flushes the file at <paramref name="path"/>, renames it and flushes the directories that changed.</summary>
    /// <param name="relativePath">Relative to the lake's root. A file that is there already is replaced.</param>
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
