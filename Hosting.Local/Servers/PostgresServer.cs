using Dunnhumby.Hosting.Local.Installation;
using Dunnhumby.Hosting.Local.Processes;
using Npgsql;

namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>
/// A native Postgres server on loopback, with scram passwords and no Unix socket. It goes when its owner does: on
/// <see cref="DisposeAsync"/>, and also when the owning process is killed.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(6);

    private readonly PostgresServerOptions _options;
    private readonly PostgresInstallation _installation;
    private readonly PostgresCluster _cluster;
    private SupervisedProcess? _process;

    private PostgresServer(PostgresServerOptions options, PostgresInstallation installation, PostgresCluster cluster, int port, string password)
    {
        _options = options;
        _installation = installation;
        _cluster = cluster;
        Port = port;
        Password = password;
    }

    /// <summary>The TCP port, the same for the life of this object.</summary>
    public int Port { get; }

    /// <summary>Name of the superuser.</summary>
    public string Username => _options.Username;

    /// <summary>The superuser's password.</summary>
    public string Password { get; }

    /// <summary>The real data directory.</summary>
    public string DataDirectory => _cluster.Directory;

    /// <summary>Process id of the postmaster; null while stopped.</summary>
    public int? ProcessId => _process is { Exited.IsCompleted: false } process ? process.Id : null;

    internal SupervisedProcess? Process => _process;

    /// <summary>Makes the data directory if need be, starts the server and waits until it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">Postgres is not installed, or the server did not come up; the message says what to do.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions options, CancellationToken cancellationToken = default)
    {
        var server = await CreateAsync(options, cancellationToken);
        try
        {
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A connection string for the superuser, in Npgsql's form.</summary>
    public string ConnectionString(string database = "postgres") => ConnectionString(database, Username, Password);

    /// <summary>A connection string for any role, in Npgsql's form.</summary>
    public string ConnectionString(string database, string username, string password) =>
        new NpgsqlConnectionStringBuilder { Host = "localhost", Port = Port, Username = username, Password = password, Database = database }.ConnectionString;

    /// <summary>Starts a stopped server on the same port and data, and waits until it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">The server did not come up.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        await LaunchAsync(cancellationToken);
        await WaitUntilReadyAsync(cancellationToken);
    }

    /// <summary>Stops the server and waits until it is gone. Stopping a stopped server does nothing.</summary>
    public async Task StopAsync(PostgresStopMode mode = PostgresStopMode.Fast)
    {
        if (_process is { } process)
        {
            await process.StopAsync(StopTimeout, mode == PostgresStopMode.Fast ? UnixSignal.Interrupt : UnixSignal.Quit);
            await DirectoryUse.WaitUntilFreeAsync(DataDirectory, StopTimeout, CancellationToken.None);
        }
    }

    /// <summary>Kills the server with SIGKILL, as a crash would, and waits until its backends are gone too.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Signal(UnixSignal.Kill);
            await process.Exited;
            await DirectoryUse.WaitUntilFreeAsync(DataDirectory, StopTimeout, CancellationToken.None);
        }
    }

    /// <summary>Stops the server; temporary data is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _cluster.Dispose();
    }

    /// <summary>Prepares the data directory without starting anything.</summary>
    internal static async Task<PostgresServer> CreateAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        if (options is { DataDirectory: not null, Password: null })
        {
            throw new ArgumentException("A kept data directory needs a kept password.", nameof(options));
        }

        var installation = await PostgresInstallation.RequireAsync(options.Output, cancellationToken);
        var password = options.Password ?? GeneratedSecret.Create();
        var cluster = await PostgresCluster.PrepareAsync(installation, options, password, cancellationToken);
        return new PostgresServer(options, installation, cluster, options.Port ?? LoopbackPort.Next(), password);
    }

    /// <summary>Starts the process without waiting for it to accept connections.</summary>
    internal async Task<SupervisedProcess> LaunchAsync(CancellationToken cancellationToken)
    {
        if (ProcessId is not null)
        {
            throw new InvalidOperationException("The server is already running.");
        }

        await _cluster.ReleaseAsync(cancellationToken);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["unix_socket_directories"] = string.Empty,
            ["max_connections"] = "200",

            // Statements that fail must not bring the passwords in them into the log.
            ["log_min_error_statement"] = "panic",
        };
        if (_cluster.IsTemporary)
        {
            settings["fsync"] = "off";
        }

        foreach (var (name, value) in _options.Settings)
        {
            settings[name] = value;
        }

        _process = SupervisedProcess.Start(
            new ProcessCommand
            {
                FileName = _installation.Tool("postgres"),
                Arguments = ["-D", DataDirectory, "-p", $"{Port}", .. settings.SelectMany(setting => (string[])["-c", $"{setting.Key}={setting.Value}"])],
                WorkingDirectory = DataDirectory,
                RunAs = _cluster.Account.Name,
                StopSignal = UnixSignal.Interrupt,
            },
            _options.Output ?? ((_, _) => { }));
        return _process;
    }

    /// <summary>Whether the server accepts connections right now.</summary>
    internal async Task<Exception?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false;Timeout=5");
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            return exception;
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await ProbeAsync(cancellationToken) is { } failure)
        {
            if (ProcessId is null || TimeProvider.System.GetElapsedTime(started) > _options.StartTimeout)
            {
                throw new InvalidOperationException($"Postgres did not accept connections on port {Port}: {failure.Message}", failure);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }
}
