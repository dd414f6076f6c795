using System.Collections.Concurrent;
using Dunnhumby.Contracts.Messages;
using MassTransit;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>A queue bound to <see cref="LoadCompleted"/>, and what came through it: what a consumer with an inbox makes effects of.</summary>
internal sealed class Announcements : IAsyncDisposable
{
    private readonly ConcurrentBag<(Guid Id, LoadCompleted Message)> _received = [];
    private readonly IBusControl _bus;

    private Announcements(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker);
        rabbit.ReceiveEndpoint($"fault-tests-{Guid.NewGuid():N}", endpoint =>
        {
            // Outlives a broker that is killed, as the queues of the system do.
            endpoint.Durable = true;
            endpoint.AutoDelete = false;
            endpoint.Handler<LoadCompleted>(context =>
            {
                _received.Add((context.MessageId.GetValueOrDefault(), context.Message));
                return Task.CompletedTask;
            });
        });
    });

    /// <summary>Deliveries of these messages, repeats included: the broker is shared, and others' messages come as well.</summary>
    internal List<(Guid Id, LoadCompleted Message)> Of(HashSet<Guid> ids) => [.. _received.Where(received => ids.Contains(received.Id))];

    /// <summary>All deliveries, whoever's.</summary>
    internal int Count => _received.Count;

    internal static async Task<Announcements> ListenAsync(Uri broker)
    {
        var announcements = new Announcements(broker);
        await announcements._bus.StartAsync(TestContext.Current.CancellationToken);
        return announcements;
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync(CancellationToken.None);
}
