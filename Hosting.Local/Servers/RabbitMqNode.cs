using Dunnhumby.Hosting.Local.Installation;
using Dunnhumby.Hosting.Local.Processes;

namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>Base directory, ports and configuration of one broker.</summary>
internal sealed class RabbitMqNode : IDisposable
{
    // The data remembers the node's name. It need not be unique: the port mapper is the node's own.
    private const string NodeName = "dunnhumby@localhost";

    private readonly RabbitMqServerOptions _options;
    private readonly ServerAccount _account;
    private readonly string _root;
    private readonly int _distributionPort = LoopbackPort.Next();
    private readonly int _portMapperPort = LoopbackPort.Next();

    private RabbitMqNode(RabbitMqServerOptions options, ServerAccount account, string root)
    {
        _options = options;
        _account = account;
        _root = root;
        Port = options.Port ?? LoopbackPort.Next();
        Password = options.Password ?? GeneratedSecret.Create();
    }

    public int Port { get; }

    public string Password { get; }

    public static async Task<RabbitMqNode> PrepareAsync(RabbitMqServerOptions options, CancellationToken cancellationToken)
    {
        var account = ServerAccount.Choose("rabbitmq");
        var root = await ServerDirectory.PrepareAsync(options.DataDirectory, account, cancellationToken);
        var node = new RabbitMqNode(options, account, root);
        await account.WritePrivateFileAsync(Path.Combine(root, "rabbitmq.conf"), node.Configuration(), cancellationToken);
        await account.WritePrivateFileAsync(Path.Combine(root, "enabled_plugins"), "[].\n", cancellationToken);
        await account.WritePrivateFileAsync(Path.Combine(root, "rabbitmq-env.conf"), string.Empty, cancellationToken);
        var cookie = Path.Combine(root, ".erlang.cookie");
        if (!File.Exists(cookie))
        {
            await account.WritePrivateFileAsync(cookie, GeneratedSecret.Create(), cancellationToken);
        }

        return node;
    }

    public Task ReleaseAsync(CancellationToken cancellationToken) => DirectoryUse.WaitUntilFreeAsync(_root, TimeSpan.FromSeconds(15), cancellationToken);

    public ProcessCommand PortMapperCommand(RabbitMqInstallation installation) => new()
    {
        FileName = installation.PortMapper,
        Arguments = ["-port", $"{_portMapperPort}", "-address", "127.0.0.1"],
        RunAs = _account.Name,
        WorkingDirectory = "/",
    };

    public ProcessCommand BrokerCommand(RabbitMqInstallation installation) => new()
    {
        FileName = installation.Server,
        RunAs = _account.Name,
        WorkingDirectory = _root,
        Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = _root,
            ["ERL_EPMD_PORT"] = $"{_portMapperPort}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",

            // Also for the short-lived helper nodes that RabbitMQ starts while booting.
            ["ERL_FLAGS"] = "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}",

            // The script then becomes the broker instead of a shell that waits for it. There is no NOTIFY_SOCKET, so systemd is not told.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
            ["NOTIFY_SOCKET"] = null,
            ["RABBITMQ_NODENAME"] = NodeName,
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(_root, "rabbitmq-env.conf"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(_root, "rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = Path.Combine(_root, "advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(_root, "enabled_plugins"),
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_root, "mnesia"),
            ["RABBITMQ_MNESIA_DIR"] = Path.Combine(_root, "mnesia", "node"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(_root, "config"),
            ["RABBITMQ_SCHEMA_DIR"] = Path.Combine(_root, "schema"),
            ["RABBITMQ_FEATURE_FLAGS_FILE"] = Path.Combine(_root, "feature_flags"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(_root, "log"),
            ["RABBITMQ_LOGS"] = "-",
            ["RABBITMQ_PID_FILE"] = Path.Combine(_root, "pid"),
            ["RABBITMQ_DIST_PORT"] = $"{_distributionPort}",
        },
    };

    public void Dispose()
    {
        if (_options.DataDirectory is null)
        {
            ServerDirectory.Delete(_root);
        }
    }

    private string Configuration()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listeners.tcp.1"] = $"127.0.0.1:{Port}",
            ["default_user"] = _options.Username,
            ["default_pass"] = Password,
            ["log.console.level"] = "warning",
        };
        foreach (var (name, value) in _options.Settings)
        {
            settings[name] = value;
        }

        return string.Concat(settings.Select(setting => $"{setting.Key} = {setting.Value}\n"));
    }
}
