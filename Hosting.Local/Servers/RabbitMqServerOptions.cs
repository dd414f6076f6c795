namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>How to run a native RabbitMQ broker.</summary>
public sealed record RabbitMqServerOptions
{
    /// <summary>Absolute path that keeps the data; made when it is not there. Null means a temporary directory that goes with the broker.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>AMQP port on loopback; null means a free one, chosen once and kept when the broker is started again.</summary>
    public int? Port { get; init; }

    /// <summary>The one user of the broker; RabbitMQ's well-known guest is not created.</summary>
    public string Username { get; init; } = "broker";

    /// <summary>The user's password; null generates one. Must be given with a <see cref="DataDirectory"/>, which remembers it.</summary>
    public string? Password { get; init; }

    /// <summary>Lines for rabbitmq.conf on top of the broker's own, such as <c>consumer_timeout = 5000</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Receives each line the broker logs; the flag tells lines of standard error.</summary>
    public Action<string, bool>? Output { get; init; }

    /// <summary>How long a start may take.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(120);
}
