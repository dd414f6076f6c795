using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Catalog.Outbox;

/// <summary>Registration of the outbox.</summary>
public static class OutboxExtensions
{
    /// <summary>Adds the dispatcher that sends what waits in the outbox. Needs the catalog and the bus.</summary>
    public static IServiceCollection AddOutbox(this IServiceCollection services)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<OutboxReader>();
        services.AddHostedService<OutboxDispatcher>();
        services.AddHealthChecks().AddCheck<OutboxHealthCheck>("outbox");
        return services;
    }
}

/// <summary>Wakes the dispatcher when a transaction with outbox rows was committed.</summary>
public sealed class OutboxSignal : WakeUp;
