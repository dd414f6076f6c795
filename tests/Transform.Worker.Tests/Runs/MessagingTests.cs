using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Runs;

/// <summary>
/// Messages through a real broker to a started worker. The queue is the same for every worker of the broker: these tests are of one class and hence run
/// one after the other.
/// </summary>
public sealed class MessagingTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    private static readonly string[] OneBasket = [Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00")];

    [Fact]
    public async Task LoadCompleted_OfSeveralLoadsWhileOneIsRead_IsOneRunAndOneVersionThatNamesThem()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres, broker.AmqpUri);
        var worker = await StartAsync(setup);
        List<InsightsPublished> announced = [];
        await using var bus = await BusAsync(announced);

        await setup.ExecuteAsync(
            """
            insert into catalog.running_loads (id, owner, dataset, received_at, bytes, read, quarantined, seen_at)
            values (99, 'test', 'coupon', clock_timestamp(), 1, 1, 0, clock_timestamp())
            """);
        InputLoad[] loads = [await setup.LoadAsync(DatasetNames.Transactions, OneBasket), await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"))];

        await Task.WhenAll(loads.Select(load => PublishAsync(bus, load)));
        await Eventually.GetAsync(() => setup.RowsAsync("select load_id from insights.version_loads"), covered => covered.Count == 2);

        (await setup.RowsAsync("select state, version from catalog.runs")).ShouldBe(["published 1"]);
        (await setup.RowAsync("select total_sales from insights.household_summary")).ShouldBe("3.00");
        await Eventually.GetAsync(() => Task.FromResult(announced.Count), count => count == 1);
        announced[0].Version.ShouldBe(1);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task LoadCompleted_AfterAQuietTime_StartsARunAtOnce()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres, broker.AmqpUri);
        var worker = await StartAsync(setup, gatherWindow: "00:05:00");
        await using var bus = await BusAsync([]);

        await PublishAsync(bus, await setup.LoadAsync(DatasetNames.Transactions, OneBasket));

        // Well before the window is over, or the test fails.
        await Eventually.GetAsync(() => setup.RowsAsync("select load_id from insights.version_loads"), covered => covered.Count == 1);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task LoadCompleted_SentRepeatedly_HasOneEffect()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres, broker.AmqpUri);
        var worker = await StartAsync(setup);
        await using var bus = await BusAsync([]);
        var load = await setup.LoadAsync(DatasetNames.Transactions, OneBasket);
        var id = Guid.NewGuid();

        for (var time = 0; time < 100; time++)
        {
            await PublishAsync(bus, load, id);
        }

        // One that comes after all repeats: when its run has ended, they were all consumed.
        await Eventually.GetAsync(() => setup.RowAsync("select count(*) from catalog.runs where state = 'published'"), count => count is "1");
        await PublishAsync(bus, await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF")));
        await Eventually.GetAsync(() => setup.RowAsync("select count(*) from insights.versions"), count => count is "2");

        (await setup.RowAsync($"select count(*) from catalog.inbox where message_id = '{id}'")).ShouldBe("1");
        (await setup.RowsAsync("select state, reason from catalog.runs order by id")).ShouldBe(["published load 1", "published load 2"]);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task LoadWithdrawn_SentRepeatedly_IsOneVersionWithoutTheLoad()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres, broker.AmqpUri);
        var product = await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(DatasetNames.Transactions, OneBasket);
        var withdrawn = await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "8.00"), Rows.Line(2, 20, 101, 1, "4.00"), Rows.Line(2, 21, 102, 1, "4.00"));
        var worker = await StartAsync(setup);
        await using var bus = await BusAsync([]);
        const string Totals = "select household_key, total_sales from insights.household_summary order by 1";
        await Eventually.GetAsync(() => setup.RowsAsync("select load_id from insights.version_loads where version = 1"), covered => covered.Count == 3);
        (await setup.RowsAsync(Totals)).ShouldBe(["1 10.00", "2 8.00"]);

        await setup.WithdrawAsync(withdrawn);
        var message = new LoadWithdrawn(withdrawn.Id, withdrawn.Dataset, [], withdrawn.Loaded, DateTimeOffset.UtcNow);
        var id = Guid.NewGuid();
        for (var time = 0; time < 10; time++)
        {
            await bus.Control.Publish(message, context => context.MessageId = id, TestContext.Current.CancellationToken);
        }

        await Eventually.GetAsync(() => setup.RowsAsync("select load_id from insights.version_loads where version = 2"), covered => covered.Count == 2);
        (await setup.RowsAsync(Totals)).ShouldBe(["1 3.00"]);

        // One that comes after all repeats: they were all consumed when its run has ended.
        await PublishAsync(bus, product);
        await Eventually.GetAsync(() => setup.RowAsync("select count(*) from catalog.runs where state = 'unchanged'"), count => count is "1");
        (await setup.RowAsync($"select consumer, count(*) over () from catalog.inbox where message_id = '{id}'")).ShouldBe("transform-load-withdrawn 1");
        (await setup.RowsAsync("select reason from catalog.runs where state = 'published' order by id")).ShouldBe(["start", $"withdrawal of load {withdrawn.Id}"]);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What a message says is only that something happened: what counts stands in the catalog.</summary>
    [Fact]
    public async Task Messages_OutOfOrder_LeadToWhatTheCatalogHas()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres, broker.AmqpUri);
        var worker = await StartAsync(setup);
        await using var bus = await BusAsync([]);
        InputLoad[] loads =
        [
            await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00")),
            await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF")),
            await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00")),
            await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "8.00")),
        ];
        await setup.WithdrawAsync(loads[3]);

        // The withdrawal before its load, and the loads from the last to the first.
        await bus.Control.Publish(new LoadWithdrawn(loads[3].Id, loads[3].Dataset, [], loads[3].Loaded, DateTimeOffset.UtcNow), TestContext.Current.CancellationToken);
        foreach (var load in loads.Reverse())
        {
            await PublishAsync(bus, load);
        }

        await Eventually.TrueAsync(async () => await setup.RowAsync(
            $"select (select count(*) from catalog.inbox) = {loads.Length + 1} and not exists (select from catalog.runs where state in ('pending', 'running'))") is "True");
        (await setup.RowsAsync("select household_key, total_sales from insights.household_summary")).ShouldBe(["1 7.00"]);
        (await setup.RowsAsync("select load_id from insights.version_loads where version = (select max(version) from insights.versions) order by 1"))
            .ShouldBe([.. loads[..3].Select(load => $"{load.Id}")]);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<WebApplication> StartAsync(WorkerSetup setup, string gatherWindow = "00:00:00.500")
    {
        var worker = setup.Worker(settings: [("Transform:Schedule", ""), ("Transform:GatherWindow", gatherWindow)]);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await worker.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TestContext.Current.CancellationToken);
        return worker;
    }

    /// <summary>A bus of the test's own that hears <see cref="InsightsPublished"/>.</summary>
    private async Task<TestBus> BusAsync(List<InsightsPublished> announced)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker.AmqpUri);
            rabbit.ReceiveEndpoint($"insights-published-{Guid.NewGuid():N}", endpoint => endpoint.Handler<InsightsPublished>(context =>
            {
                announced.Add(context.Message);
                return Task.CompletedTask;
            }));
        });
        await bus.StartAsync(TestContext.Current.CancellationToken);
        return new TestBus(bus);
    }

    private static Task PublishAsync(TestBus bus, InputLoad load, Guid? messageId = null) => bus.Control.Publish(
        new LoadCompleted(load.Id, load.Dataset, load.Loaded, load.CompletedAt),
        context => context.MessageId = messageId ?? Guid.NewGuid(),
        TestContext.Current.CancellationToken);

    private sealed class TestBus(IBusControl control) : IAsyncDisposable
    {
        internal IBusControl Control { get; } = control;

        public async ValueTask DisposeAsync() => await Control.StopAsync(CancellationToken.None);
    }
}
