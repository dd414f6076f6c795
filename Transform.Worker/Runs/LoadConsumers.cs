using Dunnhumby.Contracts.Messages;
using MassTransit;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>Turns the news of a load into the request for a run, once per message, and acknowledges at once: the run itself comes later.</summary>
internal sealed class LoadCompletedConsumer(NpgsqlDataSource database, RunSignal signal, TimeProvider time) : IConsumer<LoadCompleted>
{
    private const string Name = "transform-load-completed";

    /// <inheritdoc />
    public Task Consume(ConsumeContext<LoadCompleted> context) =>
        RunRequestQueue.RequestAsync(database, signal, context, Name, $"load {context.Message.LoadId}", time);

    /// <summary>Its queue.</summary>
    internal sealed class Definition() : RunRequestQueue<LoadCompletedConsumer>(Name, concurrency: 4);
}

/// <summary>Turns the news that a load was withdrawn into the request for a run, once per message: the run then reads the lake without it.</summary>
internal sealed class LoadWithdrawnConsumer(NpgsqlDataSource database, RunSignal signal, TimeProvider time) : IConsumer<LoadWithdrawn>
{
    private const string Name = "transform-load-withdrawn";

    /// <inheritdoc />
    public Task Consume(ConsumeContext<LoadWithdrawn> context) =>
        RunRequestQueue.RequestAsync(database, signal, context, Name, $"withdrawal of load {context.Message.LoadId}", time);

    /// <summary>Its queue.</summary>
    internal sealed class Definition() : RunRequestQueue<LoadWithdrawnConsumer>(Name, concurrency: 1);
}

/// <summary>How queues of run requests are: quorum queues with a delivery limit; failures are tried again for about a minute, then the message goes to the error queue.</summary>
internal abstract class RunRequestQueue<TConsumer> : ConsumerDefinition<TConsumer>
    where TConsumer : class, IConsumer
{
    private const int DeliveryLimit = 10;
    private const int Retries = 8;

    protected RunRequestQueue(string name, int concurrency)
    {
        EndpointName = name;
        ConcurrentMessageLimit = concurrency;
    }

    /// <inheritdoc />
    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<TConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // What a message in the error queue announced is still found by the reconciliation.
        endpointConfigurator.UseMessageRetry(retry => retry.Exponential(Retries, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(20), TimeSpan.FromMilliseconds(500)));
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.SetQueueArgument("x-delivery-limit", DeliveryLimit);
        }
    }
}

/// <summary>What the consumers of such queues do with a message.</summary>
internal static class RunRequestQueue
{
    internal static async Task RequestAsync(NpgsqlDataSource database, RunSignal signal, ConsumeContext context, string consumer, string reason, TimeProvider time)
    {
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without id cannot be recognised when it is repeated.");
        if (await RunRequests.RequestOnceAsync(database, messageId, consumer, reason, time.GetUtcNow(), context.CancellationToken))
        {
            signal.Raise();
        }
    }
}
