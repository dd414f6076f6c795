using Dunnhumby.Hosting.Local.Installation;
using Dunnhumby.Hosting.Local.Processes;

namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>A Postgres data directory, made with initdb when it is new.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private readonly string _root;

    private PostgresCluster(string root, ServerAccount account, bool isTemporary)
    {
        _root = root;
        Account = account;
        IsTemporary = isTemporary;
    }

    public string Directory => Path.Combine(_root, "data");

    public ServerAccount Account { get; }

    public bool IsTemporary { get; }

    public static async Task<PostgresCluster> PrepareAsync(
        PostgresInstallation installation, PostgresServerOptions options, string password, CancellationToken cancellationToken)
    {
        var account = ServerAccount.Choose("postgres");
        if (account.Name is null && Environment.IsPrivilegedProcess)
        {
            throw new InvalidOperationException("Postgres does not run as root, and there is no account 'postgres'. Create it: useradd --system --user-group postgres.");
        }

        var root = await ServerDirectory.PrepareAsync(options.DataDirectory, account, cancellationToken);
        var cluster = new PostgresCluster(root, account, options.DataDirectory is null);
        if (!System.IO.Directory.Exists(cluster.Directory))
        {
            await cluster.InitializeAsync(installation, options.Username, password, cancellationToken);
        }

        return cluster;
    }

    /// <summary>Waits for a server that is still shutting down, and removes the lock file a crash leaves behind.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await DirectoryUse.WaitUntilFreeAsync(Directory, TimeSpan.FromSeconds(15), cancellationToken);

        // Its process id may meanwhile belong to somebody else, which would make Postgres refuse to start.
        File.Delete(Path.Combine(Directory, "postmaster.pid"));
    }

    public void Dispose()
    {
        if (IsTemporary)
        {
            ServerDirectory.Delete(_root);
        }
    }

    private async Task InitializeAsync(PostgresInstallation installation, string username, string password, CancellationToken cancellationToken)
    {
        // Made under another name and renamed, so that an interrupted first start leaves nothing that looks finished.
        var fresh = Directory + ".new";
        ServerDirectory.Delete(fresh);
        var passwordFile = Path.Combine(_root, ".password");
        await Account.WritePrivateFileAsync(passwordFile, password + "\n", cancellationToken);
        List<string> arguments =
        [
            "-D", fresh, $"--username={username}", $"--pwfile={passwordFile}", "--auth=scram-sha-256",
            "--encoding=UTF8", OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C",
        ];
        if (IsTemporary)
        {
            arguments.Add("--no-sync");
        }

        await Command.RunAsync(installation.Tool("initdb"), arguments, cancellationToken, _root, Account.Name);
        File.Delete(passwordFile);
        System.IO.Directory.Move(fresh, Directory);
    }
}
