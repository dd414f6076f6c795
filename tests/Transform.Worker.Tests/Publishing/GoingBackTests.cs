using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Inputs;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Schedules;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Publishing;

/// <summary>Version 1 has household 1 with 3.00, version 2 has household 2 with 6.00 besides.</summary>
public sealed class GoingBackTests(PostgresFixture postgres)
{
    private const string Somebody = "Ada Admin <42>";
    private const string Shown = "select household_key, total_sales from insights.household_summary order by 1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GoBack_FormerVersion_ShowsItsRowsAsANewOne()
    {
        await using var setup = await WithTwoVersionsAsync();

        var gone = await GoBackAsync(setup.Worker(), 1);

        gone.Outcome.ShouldBe(GoneBackOutcome.Published);
        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);
        (await setup.RowAsync("select republishes, held_since is not null from insights.versions where version = 3")).ShouldBe("1 True");
        (await setup.RowsAsync("select load_id from insights.version_loads where version = 3 order by 1")).ShouldBe(await setup.RowsAsync("select load_id from insights.version_loads where version = 1 order by 1"));
        (await setup.RowsAsync("select code, count from insights.version_notices where version = 3 order by 1")).ShouldBe(await setup.RowsAsync("select code, count from insights.version_notices where version = 1 order by 1"));
        // As in version 1, whose tables were all computed for it.
        (await setup.RowsAsync("select distinct computed_version, rows_schema, rows_version from insights.version_tables where version = 3")).ShouldBe(["1 insights_v000001 1"]);
        (await setup.RowsAsync("select relkind from pg_class where relnamespace = 'insights_v000003'::regnamespace group by 1")).ShouldBe(["v"]);
        (await setup.RowAsync("select state, reason, requested_by, version from catalog.runs order by id desc limit 1")).ShouldBe($"published back to version 1 {Somebody} 3");
        (await setup.RowsAsync("select body->>'version' from catalog.outbox where type like '%InsightsPublished' order by sequence")).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task GoBack_ThenScheduleStartAndReconciliation_StaysAsItIs()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);
        // Half a minute is left to messages: version 1 lacks the load that version 2 has, and it is old by now.
        await setup.ExecuteAsync("update catalog.loads set completed_at = completed_at - interval '1 hour'; update catalog.runs set last_requested_at = last_requested_at - interval '2 hours'");

        await worker.Services.GetRequiredService<Reconciliation>().AtStartAsync(Cancellation);
        await worker.Services.GetRequiredService<Reconciliation>().RegularlyAsync(Cancellation);
        await ActivatorUtilities.CreateInstance<ScheduledRun>(worker.Services).RequestAsync(new RunSchedule("0 15 3 * * ?", []) { IsRegular = true }, Cancellation);

        (await setup.RowsAsync("select id from catalog.runs where state = 'pending'")).ShouldBeEmpty();
        // A message that is late asks for a run all the same, which finds that it may not replace the version.
        var late = await WorkerSetup.RunAsync(worker);
        (await setup.RowAsync($"select state from catalog.runs where id = {late}")).ShouldBe("unchanged");
        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);
    }

    [Fact]
    public async Task GoBack_ThenALoad_IsComputedWithEverythingThatIsCurrent()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync(Shown)).ShouldBe(["1 7.00", "2 6.00"]);
        (await setup.RowAsync("select republishes, held_since from insights.versions order by version desc limit 1")).ShouldBe("- -");
        // What former versions show is what they showed.
        (await setup.RowsAsync("select household_key, total_sales from insights_v000001.household_summary order by 1")).ShouldBe(["1 3.00"]);
        (await setup.RowsAsync("select household_key, total_sales from insights_v000002.household_summary order by 1")).ShouldBe(["1 3.00", "2 6.00"]);
        (await setup.RowsAsync("select household_key, total_sales from insights_v000003.household_summary order by 1")).ShouldBe(["1 3.00"]);
    }

    /// <summary>Whoever goes back has not seen it: it is newer than what readers had.</summary>
    [Fact]
    public async Task GoBack_WhileALoadIsNotComputedYet_IsFollowedByIt()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00"));
        await GoBackAsync(worker, 1);
        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);

        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync(Shown)).ShouldBe(["1 7.00", "2 6.00"]);
        (await setup.RowAsync("select republishes, held_since from insights.versions order by version desc limit 1")).ShouldBe("- -");
    }

    [Fact]
    public async Task GoBackAgain_WhileALoadIsNotComputedYet_IsFollowedByIt()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00"));
        await GoBackAsync(worker, 2);

        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync(Shown)).ShouldBe(["1 7.00", "2 6.00"]);
    }

    [Fact]
    public async Task GoBack_ThenAWithdrawal_IsComputed()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);

        await setup.ExecuteAsync("update catalog.loads set state = 'withdrawn', withdrawn_at = clock_timestamp() where id = 2");
        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync(Shown)).ShouldBe(["2 6.00"]);
        (await setup.RowAsync("select max(version) from insights.versions where republishes is null")).ShouldBe("4");
    }

    /// <summary>Without the load that only version 2 has, what was gone back to is what is current.</summary>
    [Fact]
    public async Task GoBack_ThenTheWithdrawalOfWhatWasLeft_IsHeldNoLonger()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);

        await setup.ExecuteAsync("update catalog.loads set state = 'withdrawn', withdrawn_at = clock_timestamp() where id = 3");
        var run = await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync($"select state from catalog.runs where id = {run}")).ShouldBe("unchanged");
        (await setup.RowAsync("select version, held_since from insights.versions order by version desc limit 1")).ShouldBe("3 -");
    }

    [Fact]
    public async Task GoBack_ThenALoadWhoseMessageIsLost_IsFound()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);
        var load = await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00"));
        await setup.ExecuteAsync(
            $"""
            update catalog.loads set completed_at = clock_timestamp() - interval '1 minute' where id = {load.Id};
            update catalog.loads set completed_at = clock_timestamp() - interval '1 hour' where id <> {load.Id};
            update catalog.runs set last_requested_at = clock_timestamp() - interval '30 minutes' where reason not like 'back%'
            """);

        await worker.Services.GetRequiredService<Reconciliation>().RegularlyAsync(Cancellation);

        (await setup.RowAsync("select reason from catalog.runs where state = 'pending'")).ShouldBe($"load {load.Id}, found without message");
    }

    [Fact]
    public async Task GoBack_ThenRebuildByHand_ComputesEverything()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);

        await worker.Services.GetRequiredService<RunRequests>().RebuildAsync(Somebody, Cancellation);
        await WorkAsync(worker);

        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00", "2 6.00"]);
    }

    /// <summary>It was asked for before: going back is the later word.</summary>
    [Fact]
    public async Task GoBack_WhileARebuildIsPending_IsNotUndoneByIt()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await worker.Services.GetRequiredService<RunRequests>().RebuildAsync(Somebody, Cancellation);

        await GoBackAsync(worker, 1);
        await WorkAsync(worker);

        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);
    }

    [Fact]
    public async Task Release_HeldVersion_IsFollowedByWhatIsCurrent()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);

        var released = await worker.Services.GetRequiredService<VersionHold>().ReleaseAsync(Somebody, Cancellation);
        await WorkAsync(worker);

        released.ShouldBe(3);
        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00", "2 6.00"]);
        (await setup.RowAsync("select reason, requested_by, state from catalog.runs order by id desc limit 1")).ShouldBe($"release of version 3 {Somebody} published");
        (await worker.Services.GetRequiredService<VersionHold>().ReleaseAsync(Somebody, Cancellation)).ShouldBeNull("Nothing is held any more.");
    }

    /// <summary>Going back is the later word: the run that the release asked for leaves it alone.</summary>
    [Fact]
    public async Task Release_ThenGoBackAtOnce_IsHeldAgain()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);
        await worker.Services.GetRequiredService<VersionHold>().ReleaseAsync(Somebody, Cancellation);

        (await GoBackAsync(worker, 1)).Outcome.ShouldBe(GoneBackOutcome.Published);
        await WorkAsync(worker);

        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);
    }

    /// <summary>Other settings made version 2; back under the settings of version 1 there is nothing to compute, and still nothing is held any more.</summary>
    [Fact]
    public async Task Release_VersionThatIsWhatIsCurrent_IsHeldNoLonger()
    {
        await using var setup = await WithOneVersionAsync();
        await WorkerSetup.RunAsync(setup.Worker(settings: ("Reference:ExcludedCommodities:0", "BEEF")));
        var worker = setup.Worker();
        await GoBackAsync(worker, 1);

        await worker.Services.GetRequiredService<VersionHold>().ReleaseAsync(Somebody, Cancellation);
        await WorkAsync(worker);

        (await setup.RowAsync("select max(version) from insights.versions")).ShouldBe("3");
        (await setup.RowAsync("select count(held_since) from insights.versions")).ShouldBe("0");
    }

    [Fact]
    public async Task GoBack_TwiceAtOnce_MakesOneVersion()
    {
        await using var setup = await WithTwoVersionsAsync();
        var workers = new[] { setup.Worker(), setup.Worker() };

        var outcomes = await Task.WhenAll(workers.Select(worker => GoBackAsync(worker, 1)));

        outcomes.Select(gone => gone.Outcome).Order().ShouldBe([GoneBackOutcome.Published, GoneBackOutcome.Current]);
        (await setup.RowAsync("select max(version) from insights.versions")).ShouldBe("3");
    }

    [Fact]
    public async Task GoBack_ToTwoVersionsAtOnce_MakesTwo()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);

        var outcomes = await Task.WhenAll(GoBackAsync(worker, 1), GoBackAsync(worker, 2));

        outcomes.ShouldAllBe(gone => gone.Outcome == GoneBackOutcome.Published);
        (await setup.RowsAsync("select version from insights.versions where republishes is not null order by 1")).ShouldBe(["4", "5"]);
    }

    [Theory]
    [InlineData(2, nameof(GoneBackOutcome.Current))]
    [InlineData(3, nameof(GoneBackOutcome.Unknown))]
    [InlineData(0, nameof(GoneBackOutcome.Unknown))]
    public async Task GoBack_ToWhatIsNoFormerVersion_SaysSoAndChangesNothing(int version, string expected)
    {
        await using var setup = await WithTwoVersionsAsync();

        (await GoBackAsync(setup.Worker(), version)).Outcome.ToString().ShouldBe(expected);

        (await setup.RowAsync("select max(version) from insights.versions")).ShouldBe("2");
        (await setup.RowsAsync("select id from catalog.runs where reason like 'back%'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task GoBack_ToARemovedVersion_SaysSo()
    {
        await using var setup = await WithOneVersionAsync();
        var worker = setup.Worker(settings: ("Transform:KeepVersions", "1"));
        await AddHouseholdAsync(setup);
        await WorkerSetup.RunAsync(worker);

        (await GoBackAsync(worker, 1)).Outcome.ShouldBe(GoneBackOutcome.Removed);
    }

    /// <summary>Versions that repeat others count as kept ones, too.</summary>
    [Fact]
    public async Task GoBack_ToARemovedVersionThatTheCurrentOneRepeats_IsCurrent()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker(settings: ("Transform:KeepVersions", "1"));
        await GoBackAsync(worker, 1);
        await worker.Services.GetRequiredService<OldVersions>().RemoveAsync(Cancellation);
        (await setup.RowsAsync("select version from insights.versions")).ShouldBe(["3"]);

        (await GoBackAsync(worker, 1)).Outcome.ShouldBe(GoneBackOutcome.Current);
    }

    [Fact]
    public async Task GoBack_WhileARunIsInProgress_PublishesAfterIt()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker();
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00"));
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", Cancellation);
        var lease = await WorkerSetup.TakeAsync(worker);

        var waiting = GoBackAsync(setup.Worker(), 1);
        waiting.IsCompleted.ShouldBeFalse();
        await WorkerSetup.WorkAsync(worker, lease);
        var gone = await waiting;

        gone.Published.ShouldNotBeNull().Version.ShouldBe(4);
        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);
        (await setup.RowAsync($"select state, version from catalog.runs where id = {lease.RunId}")).ShouldBe("published 3");
    }

    [Fact]
    public async Task GoBack_WhileARunDoesNotEnd_GivesUpAndChangesNothing()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker(settings: ("Transform:GoBackPatience", "00:00:00.200"));
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", Cancellation);
        await WorkerSetup.TakeAsync(worker);

        (await GoBackAsync(worker, 1)).Outcome.ShouldBe(GoneBackOutcome.Busy);

        (await setup.RowAsync("select max(version) from insights.versions")).ShouldBe("2");
    }

    /// <summary>Version 2 has the former households, marked as stale; a repetition says the same of them.</summary>
    [Fact]
    public async Task GoBack_ToAVersionWithAStaleTable_KeepsWhatItSaysOfIt()
    {
        await using var setup = await WithOneVersionAsync();
        await AddHouseholdAsync(setup);
        await WorkerSetup.RunAsync(setup.Worker(Failing));
        var worker = setup.Worker();
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);
        (await setup.RowsAsync(Shown)).ShouldBe(["1 7.00", "2 6.00"]);

        await GoBackAsync(worker, 2);

        const string Says = "select state, rows, computed_version, reason, array_to_string(missing_loads, ' ') from insights.version_tables where name = 'household_summary' and version = ";
        (await setup.RowAsync(Says + "4")).ShouldBe(await setup.RowAsync(Says + "2"));
        (await setup.RowAsync(Says + "4")).ShouldStartWith("stale 1 1 ");
        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);
    }

    [Fact]
    public async Task GoBack_ToAVersionWithoutATable_IsWithoutItToo()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await AddFirstAsync(setup);
        await WorkerSetup.RunAsync(setup.Worker(Failing));
        var worker = setup.Worker();
        await WorkerSetup.RunAsync(worker);
        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);

        (await GoBackAsync(worker, 1)).Outcome.ShouldBe(GoneBackOutcome.Published);

        (await setup.RowAsync("select state from insights.version_tables where name = 'household_summary' and version = 3")).ShouldBe("absent");
        (await setup.RowsAsync("select 1 from pg_class where relname = 'household_summary' and relnamespace = 'insights'::regnamespace")).ShouldBeEmpty();
    }

    [Fact]
    public async Task GoBack_ThenMoreVersionsThanAreKept_StillShowsTheRows()
    {
        await using var setup = await WithTwoVersionsAsync();
        var worker = setup.Worker(settings: ("Transform:KeepVersions", "2"));

        await GoBackAsync(worker, 1);
        await GoBackAsync(worker, 2);
        await GoBackAsync(worker, 3);

        // 1 and 2 are gone, what 4 and 5 show of them is not.
        (await setup.RowsAsync("select version from insights.versions order by 1")).ShouldBe(["4", "5"]);
        (await setup.RowsAsync("select household_key from insights_v000004.household_summary order by 1")).ShouldBe(["1", "2"]);
        (await setup.RowsAsync(Shown)).ShouldBe(["1 3.00"]);
    }

    /// <summary>
    /// A worker whose state of the tables is that of version 1 changes rows where version 1's are. There are rows of version 2 among them by then, so the tables
    /// have to be copied.
    /// </summary>
    [Fact]
    public async Task GoBack_ThenALoadToAWorkerThatStillKnowsTheFormerTables_CopiesThem()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await AddFirstAsync(setup);
        var (first, second) = (setup.Worker(), setup.Worker());
        await WorkerSetup.RunAsync(first);
        await WorkerSetup.RunAsync(second);
        await AddHouseholdAsync(setup);
        await WorkerSetup.RunAsync(second);
        await GoBackAsync(second, 1);

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 12, 103, 1, "4.00"));
        await WorkerSetup.RunAsync(first);

        (await setup.RowsAsync(Shown)).ShouldBe(["1 7.00", "2 6.00"]);
        (await setup.RowsAsync("select household_key, total_sales from insights_v000002.household_summary order by 1")).ShouldBe(["1 3.00", "2 6.00"]);
        (await setup.RowsAsync("select household_key, total_sales from insights_v000003.household_summary order by 1")).ShouldBe(["1 3.00"]);
    }

    private static ModelCatalog Failing => WorkerSetup.EveryLoad with
    {
        Tests = [new ModelTest("never_right", "household_summary", "No household is right.", "select household_key from household_summary", [])],
    };

    private static Task<GoneBack> GoBackAsync(WebApplication worker, int version) => worker.Services.GetRequiredService<GoingBack>().ToAsync(version, Somebody, Cancellation);

    /// <summary>Works the run that is pending.</summary>
    private static async Task WorkAsync(WebApplication worker) => await WorkerSetup.WorkAsync(worker, await WorkerSetup.TakeAsync(worker));

    private async Task<WorkerSetup> WithTwoVersionsAsync()
    {
        var setup = await WithOneVersionAsync();
        await AddHouseholdAsync(setup);
        await WorkerSetup.RunAsync(setup.Worker());
        return setup;
    }

    private async Task<WorkerSetup> WithOneVersionAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await AddFirstAsync(setup);
        await WorkerSetup.RunAsync(setup.Worker());
        return setup;
    }

    private static async Task AddFirstAsync(WorkerSetup setup)
    {
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
    }

    private static Task<InputLoad> AddHouseholdAsync(WorkerSetup setup) =>
        setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "3.00"), Rows.Line(2, 21, 102, 1, "3.00"));
}
