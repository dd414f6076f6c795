using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Runs;

public sealed class CancelTests(PostgresFixture postgres)
{
    private const string Somebody = "Ada Admin <42>";
    private const string Reader = "read-key-of-tests-0123456789abcdefgh";
    private const string Writer = "ingest-key-of-tests-0123456789abcdef";
    private const string Admin = "admin-key-of-tests-0123456789abcdefg";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_PendingRun_IsCancelledAndAskedForByTheNextLoadOnly()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker();
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("load 1", Cancellation);
        // Older than the half minute that the regular look leaves to messages, and still heeded by the run.
        await setup.ExecuteAsync("update catalog.loads set completed_at = completed_at - interval '1 hour'");

        (await CancelAsync(setup)).ShouldBe("pending");
        await worker.Services.GetRequiredService<Reconciliation>().RegularlyAsync(Cancellation);

        (await setup.RowsAsync("select state, cancelled_by, finished_at is not null, version from catalog.runs")).ShouldBe([$"cancelled {Somebody} True -"]);
        (await worker.Services.GetRequiredService<RunLeases>().TakeAsync(Cancellation)).ShouldBeNull();

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "5.00"), Rows.Line(2, 21, 102, 1, "6.00"));
        await WorkerSetup.RunAsync(worker);
        // Both: 1.00 + 2.00 of the load whose run was cancelled, 5.00 + 6.00 of the later one.
        (await setup.RowsAsync("select household_key, total_sales from insights.household_summary order by 1")).ShouldBe(["1 3.00", "2 11.00"]);
    }

    [Fact]
    public async Task Cancel_AndALoadWhoseMessageWasLost_IsFoundByTheReconciliation()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker();
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("load 1", Cancellation);
        await CancelAsync(setup);
        // An hour ago the run was cancelled, half an hour ago another load came.
        await setup.ExecuteAsync("update catalog.loads set completed_at = now() - interval '2 hours'; update catalog.runs set last_requested_at = now() - interval '1 hour'");
        var later = await setup.LoadAsync(DatasetNames.Products, Rows.Product(2, "BEEF"));
        await setup.ExecuteAsync($"update catalog.loads set completed_at = now() - interval '30 minutes' where id = {later.Id}");

        await worker.Services.GetRequiredService<Reconciliation>().RegularlyAsync(Cancellation);

        (await setup.RowsAsync("select reason from catalog.runs where state = 'pending'")).ShouldBe([$"load {later.Id}, found without message"]);
    }

    [Fact]
    public async Task Cancel_RunThatAWorkerIsAt_StopsWithinTwoSecondsAndPublishesNothing()
    {
        await using var setup = await WithOneHouseholdAsync();
        // It ends, if nobody stops it, long after this test.
        var slow = WorkerSetup.EveryLoad with
        {
            Tests = [new ModelTest("endless", "household_summary", "Never.", "select count(*) from range(10000000000) as a(i) where hash(i) = 1 having count(*) > 5", [])],
        };
        var worker = setup.Worker(slow, settings: [("Transform:Threads", "1")]);
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", Cancellation);
        var lease = await WorkerSetup.TakeAsync(worker);
        var working = worker.Services.GetRequiredService<RunWork>().DoAsync(lease, Cancellation);
        // A lease is renewed after a second: by then the worker computes.
        await Eventually.TrueAsync(async () => await setup.RowAsync("select lease_until > started_at + interval '30.5 seconds' from catalog.runs") is "True");
        working.IsCompleted.ShouldBeFalse();

        var clock = TimeProvider.System.GetTimestamp();
        (await CancelAsync(setup)).ShouldBe("running");
        await working.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        // Two seconds are promised; the rest is for a machine that is busy with other tests.
        TimeProvider.System.GetElapsedTime(clock).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await setup.RowsAsync("select state, cancelled_by, version from catalog.runs")).ShouldBe([$"cancelled {Somebody} -"]);
        (await setup.RowsAsync("select version from insights.versions")).ShouldBeEmpty();
        (await setup.RowsAsync("select nspname from pg_namespace where nspname like 'insights\\_%'")).ShouldBeEmpty();
        // Nothing of the cancelled run is in the way of the next one.
        var next = await WorkerSetup.RunAsync(setup.Worker());
        (await setup.RowAsync($"select state, version from catalog.runs where id = {next}")).ShouldBe("published 1");
    }

    [Fact]
    public async Task Cancel_BetweenComputingAndTheCommit_IsNotPublished()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker();
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", Cancellation);
        var lease = await WorkerSetup.TakeAsync(worker);

        // The worker does not hear of it before it publishes: what stops it is the state of its run.
        await CancelAsync(setup);
        await WorkerSetup.WorkAsync(worker, lease);

        (await setup.RowAsync("select state, cancelled_by from catalog.runs")).ShouldBe($"cancelled {Somebody}");
        (await setup.RowsAsync("select version from insights.versions")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancel_Posted_NeedsAnAdminAndARunThatHasNotEnded()
    {
        await using var setup = await WithOneHouseholdAsync();
        var done = await WorkerSetup.RunAsync(setup.Worker());
        var worker = setup.Worker(settings: [("ApiKeys:Ingest", Writer), ("ApiKeys:Read", Reader), ("ApiKeys:Admin", Admin), ("Transform:Schedule", ""), ("Transform:GatherWindow", "01:00:00"), ("Transform:MaxGather", "02:00:00")]);
        worker.MapRuns();
        await worker.StartAsync(Cancellation);
        // It waits for its time as the retry of a failed run does.
        await setup.ExecuteAsync("insert into catalog.runs (state, reason, requested_at, last_requested_at, not_before, fence) values ('pending', 'retry', now(), now(), now() + interval '1 hour', 0)");
        var pending = await setup.RowAsync("select id from catalog.runs where state = 'pending'");

        foreach (var key in new[] { Reader, Writer })
        {
            using var other = Client(key);
            (await other.PostAsync($"/runs/{pending}/cancel", content: null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var admin = Client(Admin);
        using var cancelled = await admin.PostAsync($"/runs/{pending}/cancel", content: null, Cancellation);
        cancelled.StatusCode.ShouldBe(HttpStatusCode.OK);
        var run = (await cancelled.Content.ReadFromJsonAsync<Run>(Cancellation)).ShouldNotBeNull();
        run.State.ShouldBe("cancelled");
        run.CancelledBy.ShouldNotBeNull().ShouldMatch("^admin:[0-9a-f]{16}$");

        (await ProblemAsync($"/runs/{pending}/cancel", HttpStatusCode.Conflict)).ShouldContain($"Run {pending} is cancelled");
        (await ProblemAsync($"/runs/{done}/cancel", HttpStatusCode.Conflict)).ShouldContain($"Run {done} is published");
        (await ProblemAsync("/runs/999/cancel", HttpStatusCode.NotFound)).ShouldContain("No run has the id 999.");
        await worker.StopAsync(Cancellation);

        HttpClient Client(string key) => new() { BaseAddress = new Uri(worker.Urls.First()), DefaultRequestHeaders = { { "X-Api-Key", key } } };

        async Task<string> ProblemAsync(string address, HttpStatusCode expected)
        {
            using var response = await admin.PostAsync(address, content: null, Cancellation);
            response.StatusCode.ShouldBe(expected, address);
            return (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation)).ShouldNotBeNull()["detail"].ShouldNotBeNull().ToString();
        }
    }

    private async Task<WorkerSetup> WithOneHouseholdAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        return setup;
    }

    /// <summary>Cancels the run that has not ended, as another replica would.</summary>
    private static async Task<string?> CancelAsync(WorkerSetup setup)
    {
        var run = long.Parse(await setup.RowAsync("select id from catalog.runs where state in ('pending', 'running')"), System.Globalization.CultureInfo.InvariantCulture);
        return await setup.Worker().Services.GetRequiredService<RunLeases>().CancelAsync(run, Somebody, Cancellation);
    }
}
