using System.Collections.Concurrent;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.TestSupport;
using MassTransit;

namespace Dunnhumby.Catalog.Tests.Outbox;

/// <summary>A queue bound to <see cref="LoadCompleted"/> that goes with this object, and the ids of what came.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly IBusControl _bus;

    private Listener(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker);
        rabbit.ReceiveEndpoint($"catalog-tests-{Guid.NewGuid():N}", endpoint =>
        {
            endpoint.AutoDelete = true;
            endpoint.Handler<LoadCompleted>(context =>
            {
                Received.Add(context.MessageId.GetValueOrDefault());
                return Task.CompletedTask;
            });
        });
    });

    internal ConcurrentBag<Guid> Received { get; } = [];

    internal static async Task<Listener> StartAsync(Uri broker)
    {
        var listener = new Listener(broker);
        await listener._bus.StartAsync(TestContext.Current.CancellationToken);
        return listener;
    }

    /// <summary>Waits until as many messages came as were sent; more would be repeats.</summary>
    internal Task UntilAsync(int count) => Eventually.GetAsync(() => Task.FromResult(Received.Count), received => received >= count, what: $"{count} messages");

    public async ValueTask DisposeAsync() => await _bus.StopAsync(CancellationToken.None);
}
