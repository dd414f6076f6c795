using Dunnhumby.Contracts.Messages;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Outbox;

public sealed class DeliveryTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Load_WhenCompleted_IsAnnouncedToABoundQueue()
    {
        var received = new TaskCompletionSource<(Guid? Id, LoadCompleted Message)>(TaskCreationOptions.RunContinuationsAsynchronously);
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(host.Broker);
            rabbit.ReceiveEndpoint($"ingestion-tests-{Guid.NewGuid():N}", endpoint =>
            {
                endpoint.AutoDelete = true;
                endpoint.Handler<LoadCompleted>(context =>
                {
                    received.TrySetResult((context.MessageId, context.Message));
                    return Task.CompletedTask;
                });
            });
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        try
        {
            var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()));

            var (id, message) = await received.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
            (message.LoadId, message.Dataset, message.Loaded).ShouldBe((load.Id, "campaign_desc", 1));
            await using var catalog = host.Catalog();
            var row = await catalog.Outbox.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
            row.MessageId.ShouldBe(id.ShouldNotBeNull());
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }
}
