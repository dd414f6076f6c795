using Testcontainers.RabbitMq;
using Xunit;

namespace Dunnhumby.TestSupport.Servers;

/// <summary>
/// One real RabbitMQ for a test assembly (<c>[assembly: AssemblyFixture(typeof(RabbitMqFixture))]</c>): a container of the
/// image in <c>RABBITMQ_IMAGE</c> (rabbitmq:4 by default) where a container engine answers, otherwise a native broker.
/// Tests of one assembly share the broker; a test that counts messages uses queue names of its own.
/// </summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private RabbitMqContainer? _container;
    private RabbitMqServer? _server;
    private Uri? _amqpUri;

    /// <summary>Where clients connect, credentials included.</summary>
    public Uri AmqpUri => _amqpUri ?? throw new InvalidOperationException("The broker has not been started.");

    public async ValueTask InitializeAsync()
    {
        if (await ContainerEngine.AnswersAsync())
        {
            _container = new RabbitMqBuilder(Environment.GetEnvironmentVariable("RABBITMQ_IMAGE") ?? "rabbitmq:4").Build();
            await _container.StartAsync();
            _amqpUri = new Uri(_container.GetConnectionString());
        }
        else
        {
            _server = await RabbitMqServer.StartAsync();
            _amqpUri = _server.AmqpUri;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
