using System.Net;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>The database goes away at the worst moments and comes back. One server for the class, whose tests run one after the other.</summary>
public sealed class OutageTests(RabbitMqFixture broker) : IAsyncLifetime
{
    private const string Dataset = "transaction_data";

    private PostgresServer? _server;

    private PostgresServer Server => _server ?? throw new InvalidOperationException("The server was not started.");

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Postgres_AwayAndBack_CostsNothingThatWasAnswered()
    {
        await using var rig = await FaultRig.CreateAsync(Server.ConnectionString(), broker.AmqpUri);
        var (first, second, third, fourth) = (File(), File(), File(), File());
        await rig.StartAsync(FaultRig.Written, holds: true);
        var held = rig.UploadAsync(Dataset, first);
        await rig.ReachedAsync();
        await Server.StopAsync(PostgresStopMode.Immediate);

        using (var refused = await rig.UploadAsync(Dataset, second))
        {
            await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database-away");
            refused.Headers.RetryAfter.ShouldNotBeNull();
        }

        // The file was read when the database went: it is registered when the database is back, without being sent again.
        rig.Release();
        await Server.StartAgainAsync(TestContext.Current.CancellationToken);
        using (var answer = await held)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, rig.Service.Output);
        }

        (await rig.TryUploadAsync(Dataset, second)).ShouldBeTrue();
        await rig.ShouldHoldAsync(Dataset, [first, second]);
        await rig.ShouldHaveNoOrphanAsync();

        // During the commit, which then never was.
        await StopDuringCommitAsync(rig, third, TerminateBackendsAsync);
        await StopDuringCommitAsync(rig, fourth, RestartAsync);
        await rig.ShouldHoldAsync(Dataset, [first, second, third, fourth]);
        await rig.ShouldHaveNoOrphanAsync();
    }

    /// <summary>The first attempt is answered with 503 and leaves nothing; the second one loads.</summary>
    private static async Task StopDuringCommitAsync(FaultRig rig, string csv, Func<Task> stop)
    {
        await rig.StartAsync(FaultRig.Committing, holds: true);
        var held = rig.UploadAsync(Dataset, csv);
        await rig.ReachedAsync();
        await stop();
        rig.Release();
        using (var answer = await held)
        {
            await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "database-away");
        }

        await rig.ShouldHaveNoOrphanAsync();
        (await rig.TryUploadAsync(Dataset, csv)).ShouldBeTrue(rig.Service.Output);
    }

    private async Task RestartAsync()
    {
        await Server.StopAsync(PostgresStopMode.Immediate);
        await Server.StartAgainAsync(TestContext.Current.CancellationToken);
    }

    private async Task TerminateBackendsAsync()
    {
        await using var connection = new NpgsqlConnection(Server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static string File() => Csv.File([Csv.TransactionHeader, .. Enumerable.Range(0, 500).Select(_ => Csv.Transaction())]);
}
