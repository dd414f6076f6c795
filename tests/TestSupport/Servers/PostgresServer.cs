using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Dunnhumby.TestSupport.Servers;

/// <summary>How a Postgres server is told to stop.</summary>
public enum PostgresStopMode
{
    /// <summary>Sessions are ended, everything is written: what SIGINT does.</summary>
    Fast,

    /// <summary>Nothing is written any more; the next start recovers, as after a crash: what SIGQUIT does.</summary>
    Immediate,
}

/// <summary>A native Postgres server of a test's own on loopback, with data that go with it. It can be stopped, killed and started again on the same port and data.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"dunnhumby-postgres-{Guid.NewGuid():N}");
    private readonly string[] _settings;
    private LeashedScript? _script;

    private PostgresServer(string[] settings) => _settings = settings;

    /// <summary>The TCP port, the same for the life of this object.</summary>
    public int Port { get; } = LoopbackPort.Next();

    /// <summary>Name of the superuser.</summary>
    public string Username { get; } = "postgres";

    /// <summary>The superuser's password.</summary>
    public string Password { get; } = RandomNumberGenerator.GetHexString(32);

    /// <summary>Full path of a program of the newest Postgres on this machine, such as <c>psql</c>.</summary>
    public static string Program(string name) =>
        Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture))
            .Select(version => Path.Combine(version, "bin", name)).First(File.Exists);

    /// <summary>Starts a server on empty data and waits until it accepts connections.</summary>
    /// <param name="settings">Settings as <c>name=value</c>. By default <c>fsync=off</c>: such data survive a killed server, not a power cut.</param>
    /// <exception cref="InvalidOperationException">Postgres is not installed, or the server did not come up; the message says what to do.</exception>
    public static async Task<PostgresServer> StartAsync(IEnumerable<string>? settings = null, CancellationToken cancellationToken = default)
    {
        var server = new PostgresServer([.. settings ?? ["fsync=off"]]);
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
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        _script = LeashedScript.Start(
            "postgres.sh",
            [_directory, Port.ToString(CultureInfo.InvariantCulture), .. _settings.SelectMany(setting => (string[])["-c", setting])],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTGRES_USER"] = Username, ["POSTGRES_PASSWORD"] = Password });
        await _script.WaitUntilAsync(
            async token =>
            {
                await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false;Timeout=5");
                await connection.OpenAsync(token);
            },
            StartLimit,
            cancellationToken);
    }

    /// <summary>Stops the server and waits until it is gone.</summary>
    public async Task StopAsync(PostgresStopMode mode = PostgresStopMode.Fast)
    {
        if (_script is not { IsRunning: true } script)
        {
            return;
        }

        if (mode == PostgresStopMode.Fast)
        {
            await script.StopAsync();
        }
        else
        {
            await SignalAsync(script, "QUIT");
        }
    }

    /// <summary>Kills the server with SIGKILL, as a crash would, and waits until its backends are gone too.</summary>
    public Task KillAsync() => SignalAsync(_script ?? throw new InvalidOperationException("The server was not started."), "KILL");

    /// <summary>Stops the server and deletes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_script is { } script)
        {
            await script.DisposeAsync();
        }

        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private async Task SignalAsync(LeashedScript script, string signal)
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(_directory, "data", "postmaster.pid")))[0];
        using var kill = Process.Start("kill", [$"-{signal}", postmaster]);
        await kill.WaitForExitAsync();
        await script.ExitAsync();
    }
}
