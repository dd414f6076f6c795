namespace Dunnhumby.Lake.Files;

/// <summary>What the lake holds is nobody's but the services' account: its directories are 0700 and its files 0600, whatever the account's umask says.</summary>
public static class PrivateFiles
{
    private const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Lets a file be made that only this account reads.</summary>
    public static FileStreamOptions ForThisAccount(this FileStreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFileMode;
        }

        return options;
    }

    /// <summary>Creates a directory. If it exists, removes the rights of everybody else.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another account: then it is for that account to say who may read it.</exception>
    public static DirectoryInfo CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path);
        }

        var directory = Directory.CreateDirectory(path, DirectoryMode);
        if ((directory.UnixFileMode & ~DirectoryMode) != UnixFileMode.None)
        {
            directory.UnixFileMode = DirectoryMode;
        }

        return directory;
    }

    /// <summary>Takes a file that another program wrote from everybody else.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnFileMode);
        }
    }
}
