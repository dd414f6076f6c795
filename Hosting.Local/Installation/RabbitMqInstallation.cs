namespace Dunnhumby.Hosting.Local.Installation;

/// <summary>The RabbitMQ and Erlang programs of this machine.</summary>
internal sealed record RabbitMqInstallation(string Server, string PortMapper)
{
    private const string Advice =
        "RabbitMQ 3.10 or later is needed. On Debian or Ubuntu: sudo apt-get install --no-install-recommends rabbitmq-server. On macOS: brew install rabbitmq.";

    /// <summary>Finds RabbitMQ, or installs the distribution's package where that is possible.</summary>
    /// <exception cref="InvalidOperationException">There is none, and it cannot be installed; the message has the command to run.</exception>
    public static async Task<RabbitMqInstallation> RequireAsync(Action<string, bool>? output, CancellationToken cancellationToken)
    {
        if (Find() is { } found)
        {
            return found;
        }

        await DistributionPackage.InstallAsync("rabbitmq-server", Advice, output, () => Find() is not null, cancellationToken);
        return Find() ?? throw new InvalidOperationException(Advice);
    }

    /// <summary>The newest RabbitMQ found; null when there is none.</summary>
    public static RabbitMqInstallation? Find()
    {
        // Debian's rabbitmq-server on PATH is a wrapper that insists on its own account and log directory: take the real script.
        const string Library = "/usr/lib/rabbitmq/lib";
        var packaged = Directory.Exists(Library)
            ? Directory.GetDirectories(Library, "rabbitmq_server-*").OrderDescending(StringComparer.Ordinal).Select(home => Path.Combine(home, "sbin", "rabbitmq-server"))
            : [];
        var server = packaged.FirstOrDefault(File.Exists) ?? ProgramPath.Find("rabbitmq-server");
        var portMapper = ProgramPath.Find("epmd") ?? ErlangReleasePortMapper();
        return server is null || portMapper is null ? null : new RabbitMqInstallation(server, portMapper);
    }

    private static string? ErlangReleasePortMapper() =>
        Directory.Exists("/usr/lib/erlang")
            ? Directory.GetDirectories("/usr/lib/erlang", "erts-*").Select(home => Path.Combine(home, "bin", "epmd")).FirstOrDefault(File.Exists)
            : null;
}
