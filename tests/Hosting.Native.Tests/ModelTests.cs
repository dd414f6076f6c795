using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Dunnhumby.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;

namespace Dunnhumby.Hosting.Native.Tests;

/// <summary>What the dashboard and the services of an application see: states, commands, logs, connection strings.</summary>
public sealed class ModelTests : IDisposable
{
    private readonly Machine _machine = new();

    public ModelTests() => Assert.SkipWhen(Machine.Lacks is not null, Machine.Lacks ?? "");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OfTheModel_ServesClientsAndKeepsItsData()
    {
        await using (var first = await StartAsync())
        {
            await HealthyAsync(first, "warehouse", "messaging", "service");
            await ExecuteAsync(first, "create table kept (id int); insert into kept values (42)");
            await UseMessagingAsync(first);

            // Its process is there, but is not shown beside it.
            (await ResourceAsync(first, "postgres-process")).IsHidden.ShouldBeTrue();
            var log = await LogAsync(first, "postgres", "database system is ready to accept connections");
            log.ShouldNotContain(Machine.Password);
            (await LogAsync(first, "messaging", "RabbitMQ")).ShouldNotContain(Machine.Password);
            Machine.ProcessesWhere(_ => true).Values.ShouldNotContain(line => line.Contains(Machine.Password, StringComparison.Ordinal));
        }

        await _machine.UntilNoProcessesAsync();
        _machine.ClusterState().ShouldBe("shut down");
        await using var second = await StartAsync("--Broker=false");
        await HealthyAsync(second, "warehouse");
        (await ExecuteAsync(second, "select id from kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Commands_OfTheServers_StopStartAndRestartThem()
    {
        await using var app = await StartAsync();
        await HealthyAsync(app, "warehouse", "messaging");

        await CommandAsync(app, "postgres", KnownResourceCommands.StopCommand);
        await UntilAsync(app, "postgres", Ended);
        await UntilAsync(app, "warehouse", Ended);
        _machine.ClusterState().ShouldBe("shut down");
        await Should.ThrowAsync<NpgsqlException>(() => ExecuteAsync(app, "select 1"));

        await CommandAsync(app, "postgres", KnownResourceCommands.StartCommand);
        await HealthyAsync(app, "postgres", "warehouse");
        await AnswersAsync(app);

        foreach (var server in (string[])["postgres", "messaging"])
        {
            var started = (await ResourceAsync(app, server)).StartTimeStamp;
            await CommandAsync(app, server, KnownResourceCommands.RestartCommand);
            await UntilAsync(app, server, snapshot => IsRunning(snapshot) && snapshot.StartTimeStamp > started);
            await HealthyAsync(app, server);
        }

        await AnswersAsync(app);
        await UseMessagingAsync(app);
    }

    [Fact]
    public async Task Kill_OfThePostmaster_IsShownAndItCanBeStartedAgain()
    {
        await using var app = await StartAsync("--Broker=false");
        await HealthyAsync(app, "warehouse");
        var postmaster = int.Parse((await File.ReadAllLinesAsync(Path.Combine(_machine.Postgres, "data", "postmaster.pid"), Cancelled))[0], System.Globalization.CultureInfo.InvariantCulture);

        Machine.Signal(postmaster, "KILL");

        (await UntilAsync(app, "postgres", Ended)).ExitCode.ShouldBe(128 + 9);
        await UntilAsync(app, "warehouse", Ended);
        await CommandAsync(app, "postgres", KnownResourceCommands.StartCommand);
        await HealthyAsync(app, "postgres", "warehouse");
        await AnswersAsync(app);
    }

    [Fact]
    public async Task Start_OnTakenPorts_IsShownWithItsReason()
    {
        using var one = Ports.Taken(out var postgres);
        using var other = Ports.Taken(out var messaging);
        await using var app = await StartAsync($"--PostgresPort={postgres}", $"--MessagingPort={messaging}", "--Service=false");

        (await UntilAsync(app, "postgres", Ended)).ExitCode.ShouldBe(1);
        await LogAsync(app, "postgres", "Address already in use");
        (await UntilAsync(app, "messaging", Ended)).ExitCode.ShouldNotBe(0);
        await LogAsync(app, "messaging", "eaddrinuse");
    }

    [Fact]
    public async Task Start_WithLostSecrets_IsShownWithWhatToDo()
    {
        using (var server = Program.Script("postgres.sh", _machine.Postgres, LoopbackPort.Next(), "another password"))
        {
            await server.UntilAsync("ready to accept connections");
            Machine.Signal(server.Id, "TERM");
            await server.EndAsync();
        }

        await using var app = await StartAsync("--Broker=false", "--Service=false");

        (await UntilAsync(app, "postgres", Ended)).ExitCode.ShouldBe(1);
        await LogAsync(app, "postgres", "Give that password as Parameters__postgres-password");
    }

    public void Dispose() => _machine.Dispose();

    private static bool Ended(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text, StringComparer.Ordinal);

    private static bool IsRunning(CustomResourceSnapshot snapshot) => string.Equals(snapshot.State?.Text, KnownResourceStates.Running, StringComparison.Ordinal);

    private static CancellationTokenSource Within(double seconds)
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(TimeSpan.FromSeconds(seconds));
        return deadline;
    }

    private async Task<DistributedApplication> StartAsync(params string[] settings)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.SampleAppHost>(
            [
                $"--DataDirectory={_machine.Directory}", "--Servers=native", $"--Parameters:postgres-password={Machine.Password}",
                $"--Parameters:messaging-password={Machine.Password}", .. settings,
            ],
            Cancelled);
        var app = await builder.BuildAsync(Cancelled);
        await app.StartAsync(Cancelled);
        return app;
    }

    private static async Task HealthyAsync(DistributedApplication app, params string[] resources)
    {
        using var deadline = Within(240);
        await Task.WhenAll(resources.Select(name => app.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.WaitOnResourceUnavailable, deadline.Token)));
    }

    private static async Task<CustomResourceSnapshot> UntilAsync(DistributedApplication app, string resource, Predicate<CustomResourceSnapshot> condition)
    {
        using var deadline = Within(180);
        return (await app.ResourceNotifications.WaitForResourceAsync(resource, change => condition(change.Snapshot), deadline.Token)).Snapshot;
    }

    private static Task<CustomResourceSnapshot> ResourceAsync(DistributedApplication app, string name) => UntilAsync(app, name, _ => true);

    private static IResource Resource(DistributedApplication app, string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(candidate => candidate.Name.Equals(name, StringComparison.Ordinal));

    private static async Task CommandAsync(DistributedApplication app, string resource, string command)
    {
        var result = await app.ResourceCommands.ExecuteCommandAsync(Resource(app, resource), command, Cancelled);
        result.Success.ShouldBeTrue(result.Message);
    }

    /// <summary>The console log of a resource, once it has a text.</summary>
    private static async Task<string> LogAsync(DistributedApplication app, string resource, string text)
    {
        using var deadline = Within(120);
        var log = new StringBuilder();
        await foreach (var lines in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(Resource(app, resource)).WithCancellation(deadline.Token))
        {
            foreach (var line in lines)
            {
                log.AppendLine(line.Content);
            }

            if (log.ToString().Contains(text, StringComparison.Ordinal))
            {
                break;
            }
        }

        return log.ToString();
    }

    private static async Task<object?> ExecuteAsync(DistributedApplication app, string sql)
    {
        await using var connection = new NpgsqlConnection(await app.GetConnectionStringAsync("warehouse", Cancelled) + ";Pooling=false");
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancelled);
    }

    /// <summary>Its health is known again only some moments after a server has been started again: as a service would, this tries until it succeeds.</summary>
    private static async Task AnswersAsync(DistributedApplication app) => await RetryAsync(async () => (await ExecuteAsync(app, "select 1")).ShouldBe(1));

    private static async Task RetryAsync(Func<Task> use)
    {
        using var deadline = Within(180);
        while (true)
        {
            try
            {
                await use();
                return;
            }
            catch (Exception exception) when (exception is NpgsqlException or RabbitMQ.Client.Exceptions.BrokerUnreachableException && !deadline.IsCancellationRequested)
            {
                await Task.Delay(100, Cancelled);
            }
        }
    }

    private static Task UseMessagingAsync(DistributedApplication app) => RetryAsync(() => DeclareQueueAsync(app));

    private static async Task DeclareQueueAsync(DistributedApplication app)
    {
        var factory = new ConnectionFactory { Uri = new Uri((await app.GetConnectionStringAsync("messaging", Cancelled))!) };
        await using var connection = await factory.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        (await channel.QueueDeclareAsync(cancellationToken: Cancelled)).QueueName.ShouldNotBeNullOrEmpty();
    }
}
