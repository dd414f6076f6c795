using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.ServiceDefaults.Messaging;

/// <summary>RabbitMQ through MassTransit, from the connection string <c>messaging</c>.</summary>
public static class MessagingExtensions
{
    /// <summary>
    /// Adds the bus. Endpoints are configured from the consumers' definitions; queues are bound before the first message is sent by this process.
    /// The bus reports its health as part of <c>/health</c>, and its use to nobody: MassTransit's own reports to its maker are off.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string <c>messaging</c> is missing.</exception>
    public static TBuilder AddMessaging<TBuilder>(this TBuilder builder, Action<IBusRegistrationConfigurator>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        var address = builder.Configuration.GetConnectionString("messaging")
            ?? throw new InvalidOperationException("The connection string 'messaging' is missing: set ConnectionStrings__messaging=amqp://user:password@host:port.");

        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetKebabCaseEndpointNameFormatter();
            configure?.Invoke(bus);
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
