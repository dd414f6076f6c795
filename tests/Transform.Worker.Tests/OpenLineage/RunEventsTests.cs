using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.OpenLineage;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Transform.Worker.Tests.OpenLineage;

/// <summary>Runs over a lake with one campaign, whose worker tells a receiver in this process.</summary>
public sealed class RunEventsTests(PostgresFixture postgres)
{
    private const string Key = "Transform:OpenLineageUrl";

    [Fact]
    public async Task Run_ThatPublishes_TellsOfItselfAndItsModels()
    {
        await using var receiver = await LineageReceiver.StartAsync();
        await using var setup = await WithCampaignAsync();
        var (worker, stopping) = await StartAsync(setup, (Key, receiver.Address), ("Transform:OpenLineageApiKey", "secret"));

        await WorkerSetup.RunAsync(worker);

        var run = await receiver.OfAsync("transform", 2);
        run.Select(Type).ShouldBe(["START", "COMPLETE"]);
        run.Select(RunId).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        var model = await receiver.OfAsync("transform.daily_campaign_sales", 2);
        model.Select(Type).ShouldBe(["START", "COMPLETE"]);
        model.Select(RunId).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
        string.Equals(RunId(model[0]), RunId(run[0]), StringComparison.Ordinal).ShouldBeFalse("a model's run is its own");
        foreach (var lineage in model)
        {
            ((string?)lineage["run"]!["facets"]!["parent"]!["run"]!["runId"]).ShouldBe(RunId(run[0]));
            ((string?)lineage["job"]!["facets"]!["sql"]!["query"]).ShouldNotBeNull().ShouldStartWith("select campaign, day, sum(sales_value)");
            lineage["inputs"]!.AsArray().Select(input => (string?)input!["name"]).ShouldBe(["cleaned_lines", "listed_products"]);
        }

        // As the model declares it, and as its query says: sum(sales_value) of cleaned_lines, joined by product_id, grouped by campaign and day.
        var output = model[1]["outputs"]!.AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        ((string?)output["namespace"]).ShouldNotBeNull().ShouldStartWith("postgres://");
        ((string?)output["name"]).ShouldNotBeNull().ShouldEndWith(".insights.daily_campaign_sales");
        output["facets"]!["schema"]!["fields"]!.AsArray().Select(field => $"{field!["name"]} {field["type"]}").ShouldBe(["campaign integer", "day integer", "sales_value decimal(18,2)"]);
        var columns = output["facets"]!["columnLineage"].ShouldNotBeNull();
        Fields(columns["fields"]!["sales_value"]!["inputFields"]).ShouldBe(["cleaned_lines.sales_value AGGREGATION"]);
        Fields(columns["fields"]!["campaign"]!["inputFields"]).ShouldBe(["listed_products.campaign IDENTITY"]);
        Fields(columns["dataset"]).ShouldBe(
            ["cleaned_lines.day GROUP_BY", "cleaned_lines.product_id JOIN", "listed_products.campaign GROUP_BY", "listed_products.product_id JOIN"]);
        var tests = await receiver.OfAsync("transform.daily_campaign_sales.tests", 2);
        Assertions(tests[1]).ShouldBe(["daily_campaign_sales_key True"]);
        receiver.Authorizations.ShouldAllBe(authorization => authorization == "Bearer secret");
        // A data set is the folder of its files.
        (await receiver.OfAsync("transform.screened_lines", 2))[0]["inputs"]!.AsArray().Select(input => $"{input!["namespace"]} {input["name"]}")
            .ShouldBe(["dunnhumby product_sections", $"file {Path.Combine(setup.Lake.Root, "transaction_data")}", "dunnhumby settings"]);
        await stopping();
    }

    [Fact]
    public async Task Run_WithNothingToDo_TellsOfItselfOnly()
    {
        await using var receiver = await LineageReceiver.StartAsync();
        await using var setup = await WithCampaignAsync();
        await WorkerSetup.RunAsync(setup.Worker());
        var (worker, stopping) = await StartAsync(setup, (Key, receiver.Address));

        await WorkerSetup.RunAsync(worker);

        (await receiver.OfAsync("transform", 2)).Select(Type).ShouldBe(["START", "COMPLETE"]);
        receiver.Events.Count.ShouldBe(2);
        receiver.Authorizations.ShouldAllBe(authorization => authorization == null);
        await stopping();
    }

    [Fact]
    public async Task Run_ThatIsCancelled_TellsThatItWasAborted()
    {
        await using var receiver = await LineageReceiver.StartAsync();
        await using var setup = await WithCampaignAsync();
        var (worker, stopping) = await StartAsync(setup, (Key, receiver.Address));
        await worker.Services.GetRequiredService<RunRequests>().RequestAsync("test", TestContext.Current.CancellationToken);
        var lease = await WorkerSetup.TakeAsync(worker);
        await worker.Services.GetRequiredService<RunLeases>().CancelAsync(lease.RunId, "Ada Admin <42>", TestContext.Current.CancellationToken);

        await WorkerSetup.WorkAsync(worker, lease);

        (await receiver.OfAsync("transform", 2)).Select(Type).ShouldBe(["START", "ABORT"]);
        await stopping();
    }

    /// <summary>Of the tests of household_summary, the third is made to fail: the two before passed, the last was not run.</summary>
    [Fact]
    public async Task Run_WhoseTestFails_TellsWhichTestAndOfWhichModel()
    {
        await using var receiver = await LineageReceiver.StartAsync();
        await using var setup = await WithCampaignAsync();
        var models = WorkerSetup.EveryLoad;
        models = models with
        {
            Tests = [.. models.Tests.Select(test => test.Name is "household_summary_total" ? test with { Query = "select 1 from cleaned_lines" } : test)],
        };
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 1, 101, 1, "5.00"), Rows.Line(1, 2, 102, 1, "5.00"));
        var (worker, stopping) = await StartAsync(setup, models, (Key, receiver.Address));

        await WorkerSetup.RunAsync(worker);

        (await receiver.OfAsync("transform", 2)).Select(Type).ShouldBe(["START", "COMPLETE"]);
        var failed = (await receiver.OfAsync("transform.household_summary", 2))[1];
        Type(failed).ShouldBe("FAIL");
        ((string?)failed["run"]!["facets"]!["errorMessage"]!["message"]).ShouldNotBeNull().ShouldContain("household_summary_total");
        Assertions((await receiver.OfAsync("transform.household_summary.tests", 2))[1])
            .ShouldBe(["household_summary_key True", "household_summary_sections True", "household_summary_total False"]);
        (await receiver.OfAsync("transform.daily_sales", 2)).Select(Type).ShouldBe(["START", "COMPLETE"]);
        await stopping();
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task Run_WhoseEventsAreRefused_PublishesAndCountsThem(HttpStatusCode status)
    {
        await using var receiver = await LineageReceiver.StartAsync();
        receiver.Status = status;
        using var counted = new Counted();
        await using var setup = await WithCampaignAsync();
        var (worker, stopping) = await StartAsync(setup, (Key, receiver.Address));

        await WorkerSetup.RunAsync(worker);

        (await setup.RowAsync("select count(*) from insights.versions")).ShouldBe("1");
        await Eventually.TrueAsync(() => counted.Of("refused") > 0);
        await stopping();
    }

    [Fact]
    public async Task Run_WhoseReceiverDoesNotAnswer_IsNotDelayed()
    {
        await using var receiver = await LineageReceiver.StartAsync();
        receiver.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var setup = await WithCampaignAsync();
        var (worker, stopping) = await StartAsync(setup, (Key, receiver.Address));

        await WorkerSetup.RunAsync(worker);

        // The run has ended, and not one event has been taken.
        (await setup.RowAsync("select count(*) from insights.versions")).ShouldBe("1");
        receiver.Events.Count.ShouldBeLessThanOrEqualTo(2);
        await stopping();
    }

    [Fact]
    public async Task Add_MoreThanThereIsRoomFor_CountsWhatIsLeftOut()
    {
        await using var setup = await WithCampaignAsync();
        var sender = setup.Worker(models: null, connectionString: null, (Key, "http://127.0.0.1:9/lineage")).Services.GetRequiredService<OpenLineageSender>();
        using var counted = new Counted();

        // Nothing is sent: the worker is not started.
        for (var index = 0; index < OpenLineageSender.Capacity + 3; index++)
        {
            sender.Add(() => []);
        }

        counted.Of("full").ShouldBeGreaterThanOrEqualTo(3);
    }

    [Theory]
    [InlineData("marquez")]
    [InlineData("ftp://marquez/lineage")]
    public async Task Start_WithAnAddressThatIsNone_IsRefused(string address)
    {
        await using var setup = await WithCampaignAsync();
        var worker = setup.Worker(models: null, connectionString: null, (Key, address));

        Should.Throw<OptionsValidationException>(() => worker.Services.GetRequiredService<IOptions<OpenLineageOptions>>().Value).Message.ShouldContain("Transform:OpenLineageUrl");
    }

    private async Task<WorkerSetup> WithCampaignAsync()
    {
        var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 102, 103));
        return setup;
    }

    private static Task<(WebApplication Worker, Func<Task> Stop)> StartAsync(WorkerSetup setup, params (string Key, string Value)[] settings) => StartAsync(setup, models: null, settings);

    /// <summary>A worker whose sender works; runs are driven by the test.</summary>
    private static async Task<(WebApplication Worker, Func<Task> Stop)> StartAsync(
        WorkerSetup setup, Transform.Worker.Models.ModelCatalog? models, params (string Key, string Value)[] settings)
    {
        var worker = setup.Worker(models, connectionString: null, settings);
        var sender = worker.Services.GetRequiredService<OpenLineageSender>();
        await sender.StartAsync(TestContext.Current.CancellationToken);
        return (worker, () => sender.StopAsync(TestContext.Current.CancellationToken));
    }

    private static string? Type(JsonNode lineage) => (string?)lineage["eventType"];

    private static string? RunId(JsonNode lineage) => (string?)lineage["run"]?["runId"];

    private static string[] Fields(JsonNode? fields) =>
        [.. fields.ShouldNotBeNull().AsArray().Select(field => $"{field!["name"]}.{field["field"]} {field["transformations"]![0]!["subtype"]}")];

    private static string[] Assertions(JsonNode lineage) =>
        [.. lineage["inputs"]![0]!["inputFacets"]!["dataQualityAssertions"]!["assertions"]!.AsArray().Select(assertion => $"{assertion!["assertion"]} {(bool)assertion["success"]!}")];

    /// <summary>Events counted in this process by what became of them; other tests may add some.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly System.Collections.Concurrent.ConcurrentQueue<string?> _outcomes = [];

        internal Counted()
        {
            _listener.EnableMeasurementEvents(OpenLineageTelemetry.Events);
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _outcomes.Enqueue((string?)tags[0].Value));
            _listener.Start();
        }

        internal int Of(string outcome) => _outcomes.Count(counted => string.Equals(counted, outcome, StringComparison.Ordinal));

        public void Dispose() => _listener.Dispose();
    }
}
