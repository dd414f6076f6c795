using System.Threading.Channels;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Loading;

public sealed class DeliveryTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Load_WhenCompleted_IsAnnouncedToABoundQueue()
    {
        // The broker is shared: other tests' loads come as well.
        var received = Channel.CreateUnbounded<(Guid? Id, LoadCompleted Message)>();
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(host.Broker);
            rabbit.ReceiveEndpoint($"ingestion-tests-{Guid.NewGuid():N}", endpoint =>
            {
                endpoint.AutoDelete = true;
                endpoint.Handler<LoadCompleted>(async context => await received.Writer.WriteAsync((context.MessageId, context.Message)));
            });
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()));

            await using var catalog = host.Catalog();
            var row = await catalog.Outbox.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(Deadline);
            await foreach (var (id, message) in received.Reader.ReadAllAsync(limit.Token))
            {
                if (id == row.MessageId)
                {
                    (message.LoadId, message.Dataset, message.Loaded).ShouldBe((load.Id, "campaign_desc", 1));
                    break;
                }
            }
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }
}
