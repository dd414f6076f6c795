using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.ServiceDefaults.Messaging;

/// <summary>RabbitMQ through MassTransit, from the connection string <c>messaging</c>.</summary>
public static class MessagingExtensions
{
    /// <summary>The name of the bus's activity source and of its meter.</summary>
    internal const string TelemetrySource = "MassTransit";

    /// <summary>
    /// Adds the bus. Endpoints are configured from the consumers' definitions; queues are bound before the first message is sent by this process.
    /// The bus reports its health as part of <c>/health</c>, and reports its use to nobody: MassTransit's usage reports are off.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string <c>messaging</c> is missing.</exception>
    public static TBuilder AddMessaging<TBuilder>(this TBuilder builder, Action<MessagingBuilder>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        var address = builder.Configuration.GetConnectionString("messaging")
            ?? throw new InvalidOperationException("The connection string 'messaging' is missing: set ConnectionStrings__messaging=amqp://user:password@host:port.");

        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            configure?.Invoke(new MessagingBuilder(bus));
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(address));
                rabbit.ConfigureEndpoints(context);
            });
        });
        ConnectingBus.Register(builder.Services);
        return builder;
    }
}

/// <summary>What a service hears, and what it is without the broker. Services name the library of the bus in their consumers only.</summary>
public sealed class MessagingBuilder
{
    private readonly IBusRegistrationConfigurator _bus;

    internal MessagingBuilder(IBusRegistrationConfigurator bus) => _bus = bus;

    /// <summary>The service consumes what <typeparamref name="TConsumer"/> takes, from the queue of <typeparamref name="TDefinition"/>.</summary>
    public MessagingBuilder AddConsumer<TConsumer, TDefinition>()
        where TConsumer : class, IConsumer
        where TDefinition : class, IConsumerDefinition<TConsumer>
    {
        _bus.AddConsumer<TConsumer, TDefinition>();
        return this;
    }

    /// <summary>Without the broker the service is degraded, not unhealthy.</summary>
    public MessagingBuilder WorksWithoutBroker()
    {
        _bus.ConfigureHealthCheckOptions(health => health.MinimalFailureStatus = HealthStatus.Degraded);
        return this;
    }
}
