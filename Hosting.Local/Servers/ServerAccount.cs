using Dunnhumby.Hosting.Local.Processes;

namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>
/// The account a server runs as. Root hands the servers to their own accounts (Postgres refuses to run as root); anybody else
/// runs them as oneself.
/// </summary>
internal sealed class ServerAccount
{
    private ServerAccount(string? name)
    {
        Name = name;
    }

    /// <summary>Name of the account to switch to; null when there is nothing to switch.</summary>
    public string? Name { get; }

    /// <summary>The account of that name, when this process is root and there is one; its group has the same name.</summary>
    public static ServerAccount Choose(string name) => new(
        Environment.IsPrivilegedProcess && File.ReadLines("/etc/passwd").Any(line => line.StartsWith($"{name}:", StringComparison.Ordinal)) ? name : null);

    /// <summary>Creates a directory that only this account can enter.</summary>
    public async Task CreatePrivateDirectoryAsync(string path, CancellationToken cancellationToken)
    {
        if (Name is null)
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        else
        {
            await Command.RunAsync("install", ["-d", "-m", "700", "-o", Name, "-g", Name, path], cancellationToken);
        }
    }

    /// <summary>Writes a file that only this account can read.</summary>
    public async Task WritePrivateFileAsync(string path, string content, CancellationToken cancellationToken)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var writer = new StreamWriter(temporary, options))
        {
            await writer.WriteAsync(content.AsMemory(), cancellationToken);
        }

        if (Name is not null)
        {
            await Command.RunAsync("chown", [$"{Name}:", temporary], cancellationToken);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
