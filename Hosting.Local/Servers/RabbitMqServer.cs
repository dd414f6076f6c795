using Dunnhumby.Hosting.Local.Installation;
using Dunnhumby.Hosting.Local.Processes;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>
/// A native RabbitMQ broker with ports, node, cookie and port mapper (epmd) of its own, all on loopback. It goes when its owner
/// does: on <see cref="DisposeAsync"/>, and also when the owning process is killed.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(6);

    private readonly RabbitMqServerOptions _options;
    private readonly RabbitMqInstallation _installation;
    private readonly RabbitMqNode _node;
    private SupervisedProcess? _portMapper;
    private SupervisedProcess? _process;

    private RabbitMqServer(RabbitMqServerOptions options, RabbitMqInstallation installation, RabbitMqNode node)
    {
        _options = options;
        _installation = installation;
        _node = node;
    }

    /// <summary>The AMQP port, the same for the life of this object.</summary>
    public int Port => _node.Port;

    public string Username => _options.Username;

    public string Password => _node.Password;

    /// <summary>Where clients connect, credentials included.</summary>
    public Uri AmqpUri => new($"amqp://{Uri.EscapeDataString(Username)}:{Uri.EscapeDataString(Password)}@localhost:{Port}");

    /// <summary>Process id of the broker; null while stopped.</summary>
    public int? ProcessId => _process is { Exited.IsCompleted: false } process ? process.Id : null;

    internal SupervisedProcess? Process => _process;

    /// <summary>Starts a broker and waits until it accepts its user.</summary>
    /// <exception cref="InvalidOperationException">RabbitMQ is not installed, or the broker did not come up; the message says what to do.</exception>
    public static async Task<RabbitMqServer> StartAsync(RabbitMqServerOptions options, CancellationToken cancellationToken = default)
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

    /// <summary>Starts a stopped broker on the same port and data, and waits until it accepts its user.</summary>
    /// <exception cref="InvalidOperationException">The broker did not come up.</exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        await LaunchAsync(cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        while (await ProbeAsync(cancellationToken) is { } failure)
        {
            if (ProcessId is null || TimeProvider.System.GetElapsedTime(started) > _options.StartTimeout)
            {
                throw new InvalidOperationException($"RabbitMQ did not accept connections on port {Port}: {failure.Message}", failure);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    /// <summary>Stops the broker in order and waits until it is gone. Stopping a stopped broker does nothing.</summary>
    public async Task StopAsync()
    {
        await Task.WhenAll(_process?.StopAsync(StopTimeout) ?? Task.CompletedTask);
        await StopPortMapperAsync();
    }

    /// <summary>Kills the broker with SIGKILL, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Signal(UnixSignal.Kill);
            await process.Exited;
        }

        await StopPortMapperAsync();
    }

    /// <summary>Stops the broker; temporary data is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _node.Dispose();
    }

    /// <summary>Prepares the base directory without starting anything.</summary>
    internal static async Task<RabbitMqServer> CreateAsync(RabbitMqServerOptions options, CancellationToken cancellationToken)
    {
        if (options is { DataDirectory: not null, Password: null })
        {
            throw new ArgumentException("A kept data directory needs a kept password.", nameof(options));
        }

        var installation = await RabbitMqInstallation.RequireAsync(options.Output, cancellationToken);
        return new RabbitMqServer(options, installation, await RabbitMqNode.PrepareAsync(options, cancellationToken));
    }

    /// <summary>Starts the processes without waiting for the broker to accept connections.</summary>
    internal async Task<SupervisedProcess> LaunchAsync(CancellationToken cancellationToken)
    {
        if (ProcessId is not null)
        {
            throw new InvalidOperationException("The broker is already running.");
        }

        await _node.ReleaseAsync(cancellationToken);

        // Erlang would start its port mapper as a daemon that outlives the broker; ours is supervised, and ends with it.
        var output = _options.Output ?? ((_, _) => { });
        await StopPortMapperAsync();
        _portMapper = SupervisedProcess.Start(_node.PortMapperCommand(_installation), output);
        _process = SupervisedProcess.Start(_node.BrokerCommand(_installation), output);
        return _process;
    }

    /// <summary>Whether the broker accepts its user right now.</summary>
    /// <returns>Null, or why not.</returns>
    internal async Task<Exception?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var factory = new ConnectionFactory
            {
                Uri = AmqpUri,
                AutomaticRecoveryEnabled = false,
                ClientProvidedName = "health",
                RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            };
            await using var connection = await factory.CreateConnectionAsync(cancellationToken);
            await connection.CloseAsync(cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is BrokerUnreachableException or RabbitMQClientException or IOException or TimeoutException)
        {
            return exception;
        }
    }

    private async Task StopPortMapperAsync()
    {
        if (_portMapper is { Exited.IsCompleted: false } portMapper)
        {
            await portMapper.StopAsync(StopTimeout);
        }
    }
}
