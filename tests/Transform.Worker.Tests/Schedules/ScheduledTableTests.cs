using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Schedules;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Schedules;

/// <summary>Tables that are made at set times: versions have them as they were, and say of which loads that was.</summary>
public sealed class ScheduledTableTests(PostgresFixture postgres)
{
    private const string Night = "0 15 3 * * ?";
    private const string Noon = "0 0 12 * * ?";
    private const string State = "select name, state, rows, computed_version, array_to_string(missing_loads, ','), array_to_string(withdrawn_loads, ',') from insights.version_tables "
        + "where version = (select max(version) from insights.versions) order by name";

    private const string Pending = "select reason, array_to_string(models, ',') from catalog.runs where state = 'pending'";

    [Theory]
    [InlineData("0")]
    [InlineData("1000")]
    public async Task Runs_OfLoads_LeaveATableOnScheduleAsItWas(string refreshUpTo)
    {
        await using var setup = await WithLinesAsync();
        var worker = setup.Worker(Catalog(), settings: [("Transform:RefreshUpTo", refreshUpTo)]);

        // The first version comes without the table, whose run follows at once.
        await WorkerSetup.RunAsync(worker);
        (await setup.RowsAsync(State)).ShouldBe(["habits waiting 0 - 1 ", "spend fresh 1 1  "]);
        (await setup.RowsAsync("select view_name from information_schema.view_table_usage where view_schema = 'insights' and table_schema like 'insights_v%'")).ShouldBe(["spend"]);
        (await setup.RowAsync(Pending)).ShouldBe($"{RunRequests.Unmade} habits");
        await NextAsync(worker);
        (await setup.RowsAsync(State)).ShouldBe(["habits fresh 1 2  ", "spend fresh 1 1  "]);
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();

        var later = await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);
        (await setup.RowsAsync(State)).ShouldBe([$"habits waiting 1 2 {later.Id} ", "spend fresh 2 3  "]);
        (await setup.RowsAsync("select household_key, days from insights.habits")).ShouldBe(["1 2"]);
        (await setup.RowAsync("select count from insights.version_notices where version = 3 and part = 'habits_seldom'")).ShouldBe("0");
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();

        await FireAsync(worker, Night);
        (await setup.RowAsync(Pending)).ShouldBe("schedule habits");
        await NextAsync(worker);
        (await setup.RowsAsync(State)).ShouldBe(["habits fresh 2 4  ", "spend fresh 2 3  "]);
        (await setup.RowsAsync("select household_key, days from insights.habits order by 1")).ShouldBe(["1 2", "2 1"]);
        (await setup.RowAsync("select count from insights.version_notices where version = 4 and part = 'habits_seldom'")).ShouldBe("1");

        // Nothing waits.
        await FireAsync(worker, Night);
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1000")]
    public async Task Load_ThatIsWithdrawnAgain_LeavesTheTableFresh(string refreshUpTo)
    {
        await using var setup = await WithLinesAsync();
        var worker = setup.Worker(Catalog(), settings: [("Transform:RefreshUpTo", refreshUpTo)]);
        await WorkerSetup.RunAsync(worker);
        await NextAsync(worker);
        var later = await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);
        await FireAsync(worker, Night);
        await NextAsync(worker);

        await setup.WithdrawAsync(later);
        await WorkerSetup.RunAsync(worker);
        (await setup.RowsAsync(State)).ShouldBe([$"habits waiting 2 4  {later.Id}", "spend fresh 1 5  "]);
        await setup.ExecuteAsync($"update catalog.loads set state = 'completed', withdrawn_at = null where id = {later.Id}");
        await WorkerSetup.RunAsync(worker);
        (await setup.RowsAsync(State)).ShouldBe(["habits fresh 2 4  ", "spend fresh 2 6  "]);
    }

    [Fact]
    public async Task Rebuild_MakesTablesOnScheduleToo()
    {
        await using var setup = await WithLinesAsync();
        var worker = setup.Worker(Catalog());

        await worker.Services.GetRequiredService<RunRequests>().RebuildAsync("somebody", Cancellation);
        await NextAsync(worker);

        (await setup.RowsAsync(State)).ShouldBe(["habits fresh 1 1  ", "spend fresh 1 1  "]);
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rebuild_WithoutTablesOnSchedule_LeavesThemAsTheyAre()
    {
        await using var setup = await WithLinesAsync();
        var worker = setup.Worker(Catalog());
        await WorkerSetup.RunAsync(worker);
        await NextAsync(worker);

        await worker.Services.GetRequiredService<RunRequests>().RebuildAsync("somebody", Cancellation, scheduled: false);
        (await setup.RowAsync(Pending)).ShouldBe($"{RunRequests.RebuildUnscheduled} ");
        await NextAsync(worker);

        (await setup.RowsAsync(State)).ShouldBe(["habits fresh 1 2  ", "spend fresh 1 3  "]);
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Requests_ForBothKindsOfRebuild_AreOneOfEverything()
    {
        await using var setup = await WithLinesAsync();
        var requests = setup.Worker(Catalog()).Services.GetRequiredService<RunRequests>();

        await requests.RebuildAsync("somebody", Cancellation, scheduled: false);
        await requests.RebuildAsync("somebody", Cancellation);
        await requests.RebuildAsync("somebody", Cancellation, scheduled: false);

        (await setup.RowAsync(Pending)).ShouldBe($"{RunRequests.Rebuild} ");
    }

    [Fact]
    public async Task TableThatFails_SaysSoUntilItsNextTime_AndHoldsNothingUp()
    {
        await using var setup = await WithLinesAsync();
        var worker = setup.Worker(Catalog("select household_key, error('too odd')::integer as days from daily group by all"), settings: [("Transform:MaxAttempts", "1")]);
        await WorkerSetup.RunAsync(worker);
        await NextAsync(worker);
        (await setup.RowsAsync(State)).ShouldBe(["habits absent 0 - 1 ", "spend fresh 1 1  "]);
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync(State)).ShouldBe(["habits absent 0 - 1,2 ", "spend fresh 2 3  "]);
        (await setup.RowAsync("select reason like '%too odd%' or engine_text like '%too odd%' from insights.version_tables where version = 3 and name = 'habits'")).ShouldBe("True");
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();
        await FireAsync(worker, Night);
        (await setup.RowAsync(Pending)).ShouldBe("schedule habits");
    }

    [Fact]
    public async Task NewBuild_MakesItsTablesOnScheduleSoon()
    {
        await using var setup = await WithLinesAsync();
        var before = setup.Worker(Catalog());
        await WorkerSetup.RunAsync(before);
        await NextAsync(before);
        var after = setup.Worker(Catalog("select household_key, count(*)::integer * 10 as days from daily group by all"));

        await after.Services.GetRequiredService<Reconciliation>().AtStartAsync(Cancellation);
        await NextAsync(after);
        (await setup.RowsAsync("select days from insights.habits")).ShouldBe(["2"]);
        (await setup.RowAsync(Pending)).ShouldBe($"{RunRequests.Unmade} habits");
        await NextAsync(after);

        (await setup.RowsAsync("select days from insights.habits")).ShouldBe(["20"]);
    }

    /// <summary>As when somebody fills an empty lake: the first version is of the first file, and its tables on a schedule are empty.</summary>
    [Fact]
    public async Task FirstLoadOfADataset_MakesTheTablesThatReadItSoon()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        var worker = setup.Worker(Catalog());
        await WorkerSetup.RunAsync(worker);
        await NextAsync(worker);
        (await setup.RowsAsync("select household_key, days from insights.habits")).ShouldBeEmpty();

        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        await WorkerSetup.RunAsync(worker);
        (await setup.RowAsync(Pending)).ShouldBe($"{RunRequests.NewDataset} habits");
        await setup.ExecuteAsync("delete from catalog.runs where state = 'pending'");
        await worker.Services.GetRequiredService<Reconciliation>().AtStartAsync(Cancellation);
        (await setup.RowAsync(Pending)).ShouldBe($"{RunRequests.NewDataset} habits");
        await NextAsync(worker);
        (await setup.RowsAsync("select household_key, days from insights.habits")).ShouldBe(["1 2"]);
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();

        // More of the same waits for the night.
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);
        (await setup.RowsAsync(Pending)).ShouldBeEmpty();
    }

    [Fact]
    public async Task FirstLoadOfADataset_ForATableThatFails_DoesNotAskForItAgainAndAgain()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        var worker = setup.Worker(Catalog("select household_key, (9.0 * count(*))::decimal(1, 0)::integer as days from daily group by all"), settings: ("Transform:MaxAttempts", "1"));
        await WorkerSetup.RunAsync(worker);
        await NextAsync(worker);
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        await WorkerSetup.RunAsync(worker);
        (await setup.RowAsync(Pending)).ShouldBe($"{RunRequests.NewDataset} habits");
        await NextAsync(worker);

        (await setup.RowAsync("select state from insights.version_tables where name = 'habits' order by version desc limit 1")).ShouldBe("stale");
        await setup.ExecuteAsync("delete from catalog.runs where state = 'pending'");
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "4.00"), Rows.Line(2, 21, 102, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);

        (await setup.RowsAsync(Pending)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Start_AfterACrashBeforeTheTablesWereAskedFor_AsksForThem()
    {
        await using var setup = await WithLinesAsync();
        var worker = setup.Worker(Catalog());
        await WorkerSetup.RunAsync(worker);
        await setup.ExecuteAsync("delete from catalog.runs where state = 'pending'");

        await worker.Services.GetRequiredService<Reconciliation>().AtStartAsync(Cancellation);

        (await setup.RowAsync(Pending)).ShouldBe($"{RunRequests.Unmade} habits");
    }

    [Fact]
    public async Task HeldVersion_IsLeftAlone()
    {
        await using var setup = await WithLinesAsync();
        var worker = setup.Worker(Catalog());
        await WorkerSetup.RunAsync(worker);
        await NextAsync(worker);
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(2, 20, 101, 1, "4.00"));
        await WorkerSetup.RunAsync(worker);
        (await worker.Services.GetRequiredService<GoingBack>().ToAsync(2, "somebody", Cancellation)).Published.ShouldNotBeNull();

        await FireAsync(worker, Night);
        await FireAsync(worker, Noon);

        (await setup.RowsAsync(Pending)).ShouldBeEmpty();
        (await setup.RowsAsync(State)).ShouldBe(["habits fresh 1 2  ", "spend fresh 1 1  "]);
    }

    [Theory]
    [InlineData("every night", "published: true", "The schedule 'every night' of habits is not a cron expression")]
    [InlineData(Night, "notices: true", "habits has a schedule and makes notices")]
    public void Declaration_ThatCannotBe_IsRefused(string schedule, string role, string message) =>
        Should.Throw<InvalidOperationException>(() => ModelCatalog.Of(Files("select 1 as household_key, 1 as days", schedule, role))).Message.ShouldStartWith(message);

    [Theory]
    [InlineData("", "from habits")]
    [InlineData("tests: [{name: sum, demands: It adds up., reconciles: sum(days), with: select sum(days) from habits}]", "from transaction_data")]
    public void ModelOfEveryLoad_ThatReadsOneOnSchedule_IsRefused(string tests, string from)
    {
        var files = Files(Habits);
        files["Sales/mixed.sql"] = $"/* ---\ndescription: Mixed.\n{tests}\n--- */\nselect 1 as days {from}";

        Should.Throw<InvalidOperationException>(() => ModelCatalog.Of(files)).Message.ShouldStartWith("mixed is made with every load and reads habits, which is made on a schedule.");
    }

    private const string Habits = "select household_key, count(*)::integer as days from daily group by all";

    private static ModelCatalog Catalog(string habits = Habits) => ModelCatalog.Of(Files(habits));

    /// <summary>A table with every load; one on a schedule, made of another that nobody reads besides.</summary>
    private static Dictionary<string, string> Files(string habits, string schedule = Night, string role = "published: true") => new(StringComparer.Ordinal)
    {
        ["Sales/spend.sql"] =
            """
            /* ---
            description: What a household spent.
            grain: one row per household
            key: [household_key]
            partition: [household_key]
            published: true
            columns:
              household_key: {description: The household.}
              total: {description: Its spend., unit: dollars}
            --- */
            select household_key, sum(sales_value) as total from transaction_data group by household_key
            """,
        ["Sales/daily.sql"] =
            $"""
            /* ---
            description: The days of a household.
            schedule: {Night}
            --- */
            select distinct household_key, day from transaction_data
            """,
        ["Sales/habits.sql"] =
            $"""
            /* ---
            description: How often a household comes.
            grain: one row per household
            key: [household_key]
            schedule: {schedule}
            {role}
            columns:
              household_key: {"{"}description: The household.{"}"}
              days: {"{"}description: Its days., unit: days{"}"}
            tests:
              - name: seldom
                severity: warn
                demands: Households come more than once.
                check: days > 1
            --- */
            {habits}
            """,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<WorkerSetup> WithLinesAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        return setup;
    }

    private static async Task NextAsync(WebApplication worker) =>
        await WorkerSetup.WorkAsync(worker, await WorkerSetup.TakeAsync(worker));

    private static async Task FireAsync(WebApplication worker, string cron)
    {
        var schedule = worker.Services.GetRequiredService<RunSchedules>().All.FirstOrDefault(known => string.Equals(known.Cron, cron, StringComparison.Ordinal)) ?? new RunSchedule(cron, ["habits"]);
        await ActivatorUtilities.CreateInstance<ScheduledRun>(worker.Services).RequestAsync(schedule with { IsRegular = false }, Cancellation);
    }
}
