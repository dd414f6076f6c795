using System.Text;
using System.Text.RegularExpressions;
using Dunnhumby.AppHost;
using Dunnhumby.EndToEnd.Tests.Stacks;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Samples;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>
/// What each service's user may do at the broker, tried with the connection string that the service has. That it may do what the service needs is what every
/// other test of the stack shows.
/// </summary>
[Collection(nameof(StackFixture))]
public sealed partial class BrokerUserTests(StackFixture shared)
{
    private const string Completed = "Dunnhumby.Contracts.Messages:LoadCompleted";
    private const string Withdrawn = "Dunnhumby.Contracts.Messages:LoadWithdrawn";
    private const string Published = "Dunnhumby.Contracts.Messages:InsightsPublished";
    private const string Requests = "transform-load-completed";
    private const string Errors = $"{Requests}_error";
    private const ushort NotFound = 404;

    /// <summary>The default exchange leads into every queue; RabbitMQ checks it under the name <c>amq.default</c>.</summary>
    private const string DefaultExchange = "";

    [Theory]
    [InlineData("ingestion", Completed, true)]
    [InlineData("ingestion", Withdrawn, true)]
    [InlineData("ingestion", Published, false)]
    [InlineData("ingestion", Requests, false)]
    [InlineData("ingestion", DefaultExchange, false)]
    [InlineData("transform", Published, true)]
    [InlineData("transform", Completed, false)]
    [InlineData("transform", Withdrawn, false)]
    [InlineData("transform", DefaultExchange, false)]
    [InlineData("insights", Published, false)]
    [InlineData("insights", Completed, false)]
    [InlineData("insights", Requests, false)]
    [InlineData("insights", DefaultExchange, false)]
    [InlineData("dashboard", Published, false)]
    [InlineData("dashboard", Completed, false)]
    [InlineData("dashboard", Withdrawn, false)]
    [InlineData("dashboard", Requests, false)]
    [InlineData("dashboard", DefaultExchange, false)]
    public async Task Publish_AsAService_WorksForItsOwnEventsOnly(string service, string exchange, bool isAllowed) =>
        (await TriesAsync(service, channel => channel.BasicPublishAsync(exchange, "nobody-listens", Encoding.UTF8.GetBytes("not an event")).AsTask())).ShouldBe(isAllowed);

    [Theory]
    [InlineData("transform", true)]
    [InlineData("ingestion", false)]
    [InlineData("insights", false)]
    [InlineData("dashboard", false)]
    public async Task Read_MessagesOfTheWorker_IsForTheWorkerOnly(string service, bool isAllowed)
    {
        await PutMessageInErrorQueueAsync();

        (await TriesAsync(service, channel => channel.BasicGetAsync(Errors, autoAck: false))).ShouldBe(isAllowed);
    }

    [Theory]
    [InlineData("ingestion", Completed)]
    [InlineData("insights", Completed)]
    [InlineData("dashboard", Completed)]
    [InlineData("dashboard", Withdrawn)]
    public async Task Listen_ToEventsOfOthers_IsRefused(string service, string exchange) =>
        (await TriesAsync(service, async channel =>
        {
            var own = $"{service}-published-listener";
            await channel.QueueDeclareAsync(own, durable: false, exclusive: true, autoDelete: true);
            await channel.QueueBindAsync(own, exchange, "");
        })).ShouldBe(false);

    /// <summary>The bus puts what it cannot read into a queue of its own and says so: without the permission it would stop at that message.</summary>
    [Fact]
    public Task Message_ThatTheWorkerCannotRead_EndsInItsErrorQueue() => PutMessageInErrorQueueAsync();

    /// <summary>Whoever deploys makes the users with this script: it must give the permissions that the AppHost gives.</summary>
    [Fact]
    public async Task Script_OfTheDeployment_GivesTheSamePermissions()
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deployment", "broker-users.sh"), TestContext.Current.CancellationToken);

        Users().Matches(script)
            .Select(user => new BrokerUser(user.Groups["name"].Value, user.Groups["configure"].Value, user.Groups["write"].Value, user.Groups["read"].Value))
            .ShouldBe(BrokerUser.All);
    }

    /// <summary>As ingestion may: an event that no version of the worker understands.</summary>
    private async Task PutMessageInErrorQueueAsync()
    {
        var before = await ErrorsAsync();
        await TriesAsync("ingestion", channel => channel.BasicPublishAsync(Completed, "", Encoding.UTF8.GetBytes("not an event")).AsTask());
        await Eventually.GetAsync(ErrorsAsync, errors => errors > before, TimeSpan.FromSeconds(30), what: "the message in the error queue");
    }

    private async Task<uint> ErrorsAsync()
    {
        uint count = 0;
        try
        {
            await TriesAsync("transform", async channel => count = await channel.MessageCountAsync(Errors));
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason is { ReplyCode: NotFound })
        {
            // The bus makes the queue when it needs it.
        }

        return count;
    }

    /// <summary>Whether the broker lets a service's user do it.</summary>
    private async Task<bool> TriesAsync(string service, Func<IChannel, Task> work)
    {
        var factory = new ConnectionFactory { Uri = new Uri(await shared.Stack.ConnectionStringAsync($"messaging-{service}")) };
        await using var connection = await factory.CreateConnectionAsync(TestContext.Current.CancellationToken);
        // With confirmations a publication ends when the broker has taken it, or fails when the broker closes the channel.
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), TestContext.Current.CancellationToken);
        try
        {
            await work(channel);
            return true;
        }
        catch (Exception failure) when (failure.ToString().Contains("ACCESS_REFUSED", StringComparison.Ordinal))
        {
            return false;
        }
    }

    [GeneratedRegex("^user (?<name>\\w+) '(?<configure>.*)' '(?<write>.*)' '(?<read>.*)'$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Users();
}
