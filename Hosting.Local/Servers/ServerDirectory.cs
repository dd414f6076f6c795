using Dunnhumby.Hosting.Local.Processes;

namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>Finds a place for a server's data that the server's account can reach.</summary>
internal static class ServerDirectory
{
    // Where data goes when a server's own account cannot reach the place it should have, such as a checkout below /root.
    private const string SystemDataRoot = "/var/lib/dunnhumby";

    private const UnixFileMode Traversable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes the directory, private to the account.</summary>
    /// <param name="path">The wanted place; null asks for a temporary one. It becomes a symbolic link when the account cannot reach it.</param>
    /// <returns>The real directory, free of links.</returns>
    public static async Task<string> PrepareAsync(string? path, ServerAccount account, CancellationToken cancellationToken)
    {
        string directory;
        if (path is null)
        {
            directory = Path.Combine(ReachableRoot(Path.GetTempPath(), account), $"dunnhumby-{Guid.NewGuid():N}");
        }
        else if (new FileInfo(path).LinkTarget is { } target)
        {
            directory = target;
        }
        else
        {
            var parent = Path.GetDirectoryName(path) ?? throw new ArgumentException($"{path} cannot hold data.", nameof(path));
            Directory.CreateDirectory(parent);
            var root = Directory.Exists(path) ? parent : ReachableRoot(parent, account);
            directory = path;
            if (!string.Equals(root, parent, StringComparison.Ordinal))
            {
                directory = Path.Combine(root, Guid.NewGuid().ToString("N"));
                File.CreateSymbolicLink(path, directory);
            }
        }

        await account.CreatePrivateDirectoryAsync(directory, cancellationToken);
        return (await Command.RunAsync("realpath", [directory], cancellationToken)).TrimEnd('\n');
    }

    /// <summary>Deletes a temporary directory.</summary>
    public static void Delete(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string ReachableRoot(string parent, ServerAccount account)
    {
        if (account.Name is null || IsReachableByOthers(parent))
        {
            return parent;
        }

        Directory.CreateDirectory(SystemDataRoot, Traversable);
        return SystemDataRoot;
    }

    private static bool IsReachableByOthers(string directory)
    {
        for (var current = new DirectoryInfo(directory); current is not null; current = current.Parent)
        {
            if (!current.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
            {
                return false;
            }
        }

        return true;
    }
}
