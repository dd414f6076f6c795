using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Care;

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
