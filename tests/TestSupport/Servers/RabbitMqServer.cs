using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using RabbitMQ.Client;

namespace Dunnhumby.TestSupport.Servers;

/// <summary>A native RabbitMQ broker of a test's own on loopback, with data that go with it. It can be stopped, killed and started again on the same port and data.</summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"dunnhumby-rabbitmq-{Guid.NewGuid():N}");
    private readonly string[] _ports = [.. Enumerable.Range(0, 3).Select(_ => LoopbackPort.Next().ToString(CultureInfo.InvariantCulture))];
    private readonly string _password = RandomNumberGenerator.GetHexString(32);
    private LeashedScript? _script;

    private RabbitMqServer()
    {
    }

    /// <summary>Where clients connect, credentials included; the same for the life of this object.</summary>
    public Uri AmqpUri => new($"amqp://tests:{_password}@localhost:{_ports[0]}");

    /// <summary>Starts a broker on empty data and waits until it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">RabbitMQ is not installed, or the broker did not come up; the message says what to do.</exception>
    public static async Task<RabbitMqServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var server = new RabbitMqServer();
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

    /// <summary>Starts a stopped broker on the same ports and data, and waits until it accepts connections.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        _script = LeashedScript.Start(
            "rabbitmq.sh",
            [_directory, .. _ports],
            new Dictionary<string, string>(StringComparer.Ordinal) { ["RABBITMQ_DEFAULT_USER"] = "tests", ["RABBITMQ_DEFAULT_PASS"] = _password });
        await _script.WaitUntilAsync(
            async token =>
            {
                await using var connection = await new ConnectionFactory { Uri = AmqpUri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(token);
            },
            StartLimit,
            cancellationToken);
    }

    /// <summary>Stops the broker and waits until it is gone.</summary>
    public Task StopAsync() => _script?.StopAsync() ?? Task.CompletedTask;

    /// <summary>Kills the broker with SIGKILL, as a crash would, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        var script = _script ?? throw new InvalidOperationException("The broker was not started.");
        using var kill = Process.Start("kill", ["-KILL", (await File.ReadAllTextAsync(Path.Combine(_directory, "pid"))).Trim()]);
        await kill.WaitForExitAsync();
        await script.ExitAsync();
    }

    /// <summary>Stops the broker and deletes its data.</summary>
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
}
