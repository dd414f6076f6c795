using Dunnhumby.Hosting.Local.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Dunnhumby.Hosting.Local.Tests.Servers;

public sealed class RabbitMqServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_Temporary_AcceptsItsUserAndNotGuest()
    {
        await using var server = await RabbitMqServer.StartAsync(new RabbitMqServerOptions(), Cancel);

        await using (var connection = await ConnectAsync(server.AmqpUri))
        {
            connection.IsOpen.ShouldBeTrue();
        }

        var refused = await Should.ThrowAsync<BrokerUnreachableException>(() => ConnectAsync(new Uri($"amqp://guest:guest@localhost:{server.Port}")));
        refused.InnerException.ShouldBeOfType<AuthenticationFailureException>();
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("kill")]
    public async Task StartAgainAsync_AfterAnyEnd_KeepsPortAndQuorumQueueContent(string end)
    {
        await using var server = await RabbitMqServer.StartAsync(new RabbitMqServerOptions(), Cancel);
        var port = server.Port;
        await using (var connection = await ConnectAsync(server.AmqpUri))
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
            var quorum = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
            await channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: Cancel);
        }

        // RabbitMQ registers a new quorum queue on disk a little after it says so: killed right then, it loses the queue.
        await server.StopAsync();
        await server.StartAgainAsync(Cancel);
        await using (var connection = await ConnectAsync(server.AmqpUri))
        {
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Cancel);
            await channel.BasicPublishAsync(string.Empty, "kept", mandatory: true, new byte[] { 7 }, Cancel);
        }

        await (string.Equals(end, "stop", StringComparison.Ordinal) ? server.StopAsync() : server.KillAsync());
        server.ProcessId.ShouldBeNull();
        await server.StartAgainAsync(Cancel);

        server.Port.ShouldBe(port);
        await using (var connection = await ConnectAsync(server.AmqpUri))
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
            var message = await GetAsync(channel);
            message.Body.ToArray().ShouldBe([7]);
        }
    }

    // A quorum queue elects its leader after the broker accepts connections: ask until it answers.
    private static async Task<BasicGetResult> GetAsync(IChannel channel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (await channel.BasicGetAsync("kept", autoAck: true, deadline.Token) is { } message)
            {
                return message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
        }
    }

    private static Task<IConnection> ConnectAsync(Uri uri) =>
        new ConnectionFactory { Uri = uri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Cancel);
}
