using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Cache;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Transform.Worker.Tests.Work;

/// <summary>Runs that somebody asks for to make one model whole. Household 1 bought for 1.00 and 2.00 on two days.</summary>
public sealed class OneModelTests(PostgresFixture postgres)
{
    private const string Somebody = "Ada Admin <42>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Make_AskedModel_IsMadeWholeAndWhatItIsMadeFromStays()
    {
        using var keeper = new Keeper();
        keeper.Lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"));
        keeper.Lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        await keeper.CompareAsync("first");
        // As after a fault of the file: the day has 9.00 too much.
        await keeper.SpoilAsync("update daily_household_spend set total_sales = total_sales + 9 where day = 101");

        await using var made = await keeper.MakeAsync(anew: false, "daily_household_spend");

        await foreach (var _ in made.Computing.FinishedAsync(Cancellation))
        {
        }

        var steps = made.Computing.Steps.ToDictionary(step => step.Model, StringComparer.Ordinal);
        steps["daily_household_spend"].ShouldSatisfyAllConditions(step => step.Kind.ShouldBe("whole"), step => step.Removed.ShouldBe(1), step => step.Added.ShouldBe(1), step => step.Because.ShouldBeEmpty());
        steps["cleaned_lines"].Kind.ShouldBe("none");
        steps["household_spend"].Because.ShouldBe(["daily_household_spend"]);
        Keeper.Rows(made.Warehouse, "(select day, total_sales from daily_household_spend)").ShouldBe(["101|1.00", "102|2.00"]);
    }

    [Fact]
    public async Task Run_OfAModelThatIsRight_IsUnchangedAndSaysWhatItMade()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker(settings: [("Transform:RefreshUpTo", "1000")]);
        await WorkerSetup.RunAsync(worker);

        var run = await RemakeAsync(worker, "household_scores");

        (await setup.RowAsync($"select state, version, requested_by, reason from catalog.runs where id = {run}")).ShouldBe($"unchanged - {Somebody} {RunRequests.Models}");
        (await setup.RowsAsync($"select model, because from jsonb_to_recordset((select steps from catalog.runs where id = {run})) as step(model text, kind text, because text) where kind = 'whole'"))
            .ShouldBe(["household_scores []"]);
        (await setup.RowsAsync("select version from insights.versions")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Run_OfAModelWithoutACache_PublishesItAndWhatIsMadeFromItAnew()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker(settings: [("Transform:RefreshUpTo", "0")]);
        await WorkerSetup.RunAsync(worker);

        await RemakeAsync(worker, "household_scores");

        // Not what it is made of, nor what has nothing to do with it.
        var models = WorkerSetup.EveryLoad;
        var expected = models.Published.Select(model => model.Name).Where(name => models.WithInputsOf(name).Contains("household_scores")).Order(StringComparer.Ordinal).ToList();
        expected.Any(name => name is "household_summary").ShouldBeTrue();
        expected.Any(name => name is "daily_household_spend").ShouldBeFalse();
        (await setup.RowsAsync("select name from insights.version_tables where version = 2 and computed_version = 2 order by name")).ShouldBe(expected);
        (await setup.RowsAsync("select household_key, total_sales from insights.household_summary")).ShouldBe(["1 3.00"]);
    }

    [Fact]
    public async Task Request_OfTwoModels_IsOneRunOfBothAndARebuildIsOfAll()
    {
        await using var setup = await WithOneHouseholdAsync();
        var requests = setup.Worker().Services.GetRequiredService<RunRequests>();

        await requests.RequestAsync("load 1", Cancellation);
        await requests.RemakeAsync(["household_scores"], Somebody, Cancellation);
        await requests.RemakeAsync(["daily_sales"], Somebody, Cancellation);
        await requests.RemakeAsync(["daily_sales"], Somebody, Cancellation);
        var both = await setup.RowAsync("select array_to_string(models, ','), reason from catalog.runs");
        await requests.RebuildAsync(Somebody, Cancellation);
        await requests.RemakeAsync(["daily_sales"], Somebody, Cancellation);

        both.ShouldBe("daily_sales,household_scores load 1");
        (await setup.RowAsync("select cardinality(models), reason from catalog.runs")).ShouldBe($"0 {RunRequests.Rebuild}");
    }

    [Fact]
    public async Task Run_OfAModelThatFails_IsTriedAgainWithIt()
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker(settings: [("Transform:RetryDelay", "00:00:00.100")]);
        await WorkerSetup.RunAsync(worker);
        File.Delete(setup.Lake.Layout.FullPath(setup.Lake.Inputs.Loads[1].Files[0]));

        await RemakeAsync(setup.Worker(settings: [("Transform:RefreshUpTo", "0"), ("Transform:RetryDelay", "00:00:00.100")]), "household_scores");

        (await setup.RowAsync("select attempt, array_to_string(models, ',') from catalog.runs where state = 'pending'")).ShouldBe("2 household_scores");
    }

    [Theory]
    [InlineData(true, RunRequests.Rebuild)]
    [InlineData(false, RunRequests.RebuildUnscheduled)]
    public async Task Run_OfARebuildThatFails_IsTriedAgainAsARebuild(bool scheduled, string reason)
    {
        await using var setup = await WithOneHouseholdAsync();
        var worker = setup.Worker(settings: [("Transform:RetryDelay", "00:00:00.100")]);
        await WorkerSetup.RunAsync(worker);
        File.Delete(setup.Lake.Layout.FullPath(setup.Lake.Inputs.Loads[1].Files[0]));

        await worker.Services.GetRequiredService<RunRequests>().RebuildAsync(Somebody, Cancellation, scheduled);
        var lease = await WorkerSetup.TakeAsync(worker);
        await worker.Services.GetRequiredService<RunWork>().DoAsync(lease, Cancellation);

        (await setup.RowAsync("select attempt, reason from catalog.runs where state = 'pending'")).ShouldBe($"2 {reason}");
    }

    private static async Task<long> RemakeAsync(WebApplication worker, string model)
    {
        await worker.Services.GetRequiredService<RunRequests>().RemakeAsync([model], Somebody, Cancellation);
        var lease = await WorkerSetup.TakeAsync(worker);
        await worker.Services.GetRequiredService<RunWork>().DoAsync(lease, Cancellation);
        return lease.RunId;
    }

    private async Task<WorkerSetup> WithOneHouseholdAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        return setup;
    }
}
