namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>How to run a native Postgres server.</summary>
public sealed record PostgresServerOptions
{
    /// <summary>
    /// Absolute path that keeps the data; made when it is not there. Null means a temporary directory that goes with the
    /// server, and no fsync: such data survives a killed server, not a power cut.
    /// </summary>
    public string? DataDirectory { get; init; }

    /// <summary>TCP port on loopback; null means a free one, chosen once and kept when the server is started again.</summary>
    public int? Port { get; init; }

    public string Username { get; init; } = "postgres";

    /// <summary>The superuser's password; null generates one. Must be given with a <see cref="DataDirectory"/>, which remembers it.</summary>
    public string? Password { get; init; }

    /// <summary>Server settings (<c>-c name=value</c>).</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Receives each line the server logs; the flag tells lines of standard error.</summary>
    public Action<string, bool>? Output { get; init; }

    /// <summary>How long a start may take, crash recovery included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
