using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Catalog.Tests.Outbox;

/// <summary>The dispatcher against a real broker. The tests of a class run one after the other, so no queue of another test is bound.</summary>
public sealed class OutboxDispatcherTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    [Fact]
    public async Task Dispatch_WhenNoQueueIsBound_WaitsForOneAndThenSends()
    {
        await using var sender = await Sender.StartAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), broker.AmqpUri);
        var ids = await sender.WriteAsync(1);

        await sender.UntilAsync(row => row.Attempts >= 2);
        (await sender.RowsAsync()).ShouldAllBe(row => row.SentAt == null && row.LastError != null);

        await using var listener = await Listener.StartAsync(broker.AmqpUri);
        await sender.UntilAsync(row => row.SentAt != null);
        await listener.UntilAsync(1);
        listener.Received.ShouldBe(ids);
        (await sender.RowsAsync()).ShouldAllBe(row => row.LastError == null);
    }

    [Fact]
    public async Task Dispatch_BehindAMessageThatNobodyHears_StillSends()
    {
        await using var listener = await Listener.StartAsync(broker.AmqpUri);
        await using var sender = await Sender.StartAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), broker.AmqpUri);
        var unheard = await sender.WriteUnheardAsync();
        await sender.UntilAsync(row => row.Attempts >= 1);
        var heard = await sender.WriteAsync(1);

        await sender.UntilAsync(row => unheard.Contains(row.MessageId) || row.SentAt != null);
        await listener.UntilAsync(1);
        listener.Received.ShouldBe(heard);
        (await sender.RowsAsync()).Single(row => unheard.Contains(row.MessageId)).SentAt.ShouldBeNull();
    }

    [Fact]
    public async Task Dispatch_ByTwoProcesses_SendsEachMessageOnce()
    {
        await using var listener = await Listener.StartAsync(broker.AmqpUri);
        var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var first = await Sender.StartAsync(database, broker.AmqpUri);
        await using var second = await Sender.StartAsync(database, broker.AmqpUri);
        var ids = await first.WriteAsync(250);

        await first.UntilAsync(row => row.SentAt != null);
        await listener.UntilAsync(ids.Count);
        listener.Received.ShouldBe(ids, ignoreOrder: true);
        (await first.RowsAsync()).ShouldAllBe(row => row.Attempts == 1);
    }

    [Fact]
    public async Task Dispatch_WhileTheBrokerIsAway_GoesOnWhenItIsBack()
    {
        await using var own = await RabbitMqServer.StartAsync(TestContext.Current.CancellationToken);
        await using var listener = await Listener.StartAsync(own.AmqpUri);
        await using var sender = await Sender.StartAsync(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken), own.AmqpUri);
        await own.StopAsync();
        var ids = await sender.WriteAsync(1);
        await sender.UntilAsync(row => row.Attempts >= 1);
        (await sender.RowsAsync()).ShouldAllBe(row => row.SentAt == null);

        await own.StartAgainAsync(TestContext.Current.CancellationToken);

        // The listener's queue went with its connection and comes back with it.
        await sender.UntilAsync(row => row.SentAt != null);
        await listener.UntilAsync(1);
        listener.Received.Distinct().ShouldBe(ids);
    }
}
