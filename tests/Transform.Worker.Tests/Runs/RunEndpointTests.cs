using System.Net;
using System.Net.Http.Json;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.ServiceDefaults;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Runs;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;

namespace Dunnhumby.Transform.Worker.Tests.Runs;

public sealed class RunEndpointTests(PostgresFixture postgres)
{
    private const string Reader = "read-key-of-tests-0123456789abcdefgh";
    private const string Writer = "ingest-key-of-tests-0123456789abcdef";
    private const string Admin = "admin-key-of-tests-0123456789abcdefg";

    [Fact]
    public async Task Runs_ListedByPages_AreNewestFirstAndNeedAKey()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.ExecuteAsync(
            """
            insert into catalog.runs (state, reason, requested_at, last_requested_at, fence, error, trace_parent)
            select 'failed', 'run ' || n, now(), now(), 1, 'broken', case n when 1 then '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' end from generate_series(1, 3) as n
            """);
        var worker = setup.Worker(settings: [("ApiKeys:Read", Reader), ("Transform:Schedule", "")]);
        worker.MapRuns();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        var address = worker.Urls.First();
        using var anyone = new HttpClient { BaseAddress = new Uri(address) };
        using var reader = new HttpClient { BaseAddress = new Uri(address), DefaultRequestHeaders = { { "X-Api-Key", Reader } } };

        var first = await reader.GetFromJsonAsync<Page<Run>>("/runs?limit=2", TestContext.Current.CancellationToken);
        var second = await reader.GetFromJsonAsync<Page<Run>>($"/runs?limit=2&after={first?.Next}", TestContext.Current.CancellationToken);

        first.ShouldNotBeNull().Items.Select(run => run.Reason).ShouldBe(["run 3", "run 2"]);
        second.ShouldNotBeNull().Items.Select(run => run.Reason).ShouldBe(["run 1"]);
        second.Items[0].TraceId.ShouldBe("4bf92f3577b34da6a3ce929d0e0e4736");
        first.Items[0].TraceId.ShouldBeNull();
        second.Next.ShouldBeNull();
        (await reader.GetFromJsonAsync<Run>($"/runs/{second.Items[0].Id}", TestContext.Current.CancellationToken)).ShouldNotBeNull().Error.ShouldBe("broken");
        (await reader.GetAsync("/runs/999", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await anyone.GetAsync("/runs", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Run_OfALoad_SaysWhatItDidForEachModelAndWhy()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(2, "BEEF"));
        await setup.LoadAsync(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        var worker = setup.Worker(settings: [("ApiKeys:Read", Reader), ("Transform:Schedule", ""), ("Transform:RefreshUpTo", "1000")]);
        worker.MapRuns();
        var first = await WorkerSetup.RunAsync(worker);
        await setup.LoadAsync(DatasetNames.Products, Rows.Product(1, "BEEF"));
        var second = await WorkerSetup.RunAsync(worker);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        using var reader = new HttpClient { BaseAddress = new Uri(worker.Urls.First()), DefaultRequestHeaders = { { "X-Api-Key", Reader } } };

        var whole = (await reader.GetFromJsonAsync<Run>($"/runs/{first}", TestContext.Current.CancellationToken)).ShouldNotBeNull();
        var (steps, peak) = (whole.Steps, whole.PeakMemoryBytes);
        var after = (await reader.GetFromJsonAsync<Run>($"/runs/{second}", TestContext.Current.CancellationToken)).ShouldNotBeNull().Steps;

        steps.Select(step => step.Model).ShouldBe(WorkerSetup.EveryLoad.Models.Select(model => model.Name));
        steps.ShouldAllBe(step => step.Kind == RunStepKinds.Whole && step.Removed == null && step.Because.Count == 0);
        // The product gives both lines a section, so they change; who bought on several days is the same household as soon as the lines count.
        Of("screened_lines").ShouldSatisfyAllConditions(
            step => step.Kind.ShouldBe(RunStepKinds.Part), step => step.Removed.ShouldBe(2), step => step.Added.ShouldBe(2), step => step.Because.ShouldBe(["product_sections"]));
        // By hand: two lines, and one household with a row of scores. What stays is not measured.
        Of("screened_lines").Rows.ShouldBe(2);
        Of("household_scores").Rows.ShouldBe(1);
        Of("household_flags").ShouldSatisfyAllConditions(step => step.Kind.ShouldBe(RunStepKinds.None), step => step.Rows.ShouldBeNull(), step => step.MemoryBytes.ShouldBeNull());
        steps.ShouldAllBe(step => step.Rows >= 0 && step.MemoryBytes > 0);
        peak.ShouldBe(steps.Max(step => step.MemoryBytes));
        Of("household_scores").Kind.ShouldBe(RunStepKinds.Whole);
        await worker.StopAsync(TestContext.Current.CancellationToken);

        RunStep Of(string model) => after.Single(step => string.Equals(step.Model, model, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_Posted_PublishAnewAlthoughNothingChanged()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, "1,1,GROCERY,National,BEEF,ANY,");
        var worker = setup.Worker(settings: [("ApiKeys:Ingest", Writer), ("ApiKeys:Read", Reader), ("ApiKeys:Admin", Admin), ("Transform:Schedule", "")]);
        worker.MapRuns();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        var address = new Uri(worker.Urls.First());
        using var reader = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { "X-Api-Key", Reader } } };
        using var writer = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { "X-Api-Key", Writer } } };
        using var admin = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { "X-Api-Key", Admin } } };

        // The worker found the load at its start.
        (await VersionsAsync("1")).ShouldBe("1");
        (await reader.PostAsync("/runs", content: null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await writer.PostAsync("/runs", content: null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.PostAsync("/runs", content: null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await VersionsAsync("2")).ShouldBe("2");
        (await setup.RowAsync("select state, reason from catalog.runs where version = 2")).ShouldBe("published rebuild, asked for by hand");
        // Of the key its scope and the first 16 digits of its fingerprint, which the services keep; of the run that a load asked for, nobody.
        (await setup.RowAsync("select requested_by ~ '^admin:[0-9a-f]{16}$' from catalog.runs where version = 2")).ShouldBe("True");
        (await setup.RowAsync("select count(*) from catalog.runs where version = 1 and requested_by is null")).ShouldBe("1");
        var runs = await reader.GetFromJsonAsync<Page<Run>>("/runs?limit=1", TestContext.Current.CancellationToken);
        runs.ShouldNotBeNull().Items[0].RequestedBy.ShouldNotBeNull().ShouldStartWith("admin:");
        await worker.StopAsync(TestContext.Current.CancellationToken);

        Task<string> VersionsAsync(string awaited) =>
            Eventually.GetAsync(() => setup.RowAsync("select count(*) from insights.versions"), count => string.Equals(count, awaited, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Runs_PostedForAModel_RememberItAndKnowItsName()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Products, "1,1,GROCERY,National,BEEF,ANY,");
        var worker = setup.Worker(settings: [("ApiKeys:Read", Reader), ("ApiKeys:Admin", Admin), ("Transform:Schedule", "")]);
        worker.MapRuns();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        using var admin = new HttpClient { BaseAddress = new Uri(worker.Urls.First()), DefaultRequestHeaders = { { "X-Api-Key", Admin } } };
        await Eventually.TrueAsync(async () => await setup.RowAsync("select count(*) from insights.versions") is "1");

        using var unknown = await admin.PostAsync("/runs?model=households", content: null, TestContext.Current.CancellationToken);
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await unknown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(" campaign_summary, cleaned_lines,");
        using var contradiction = await admin.PostAsync("/runs?model=household_scores&scheduled=false", content: null, TestContext.Current.CancellationToken);
        contradiction.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await contradiction.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("scheduled leaves tables out when every table is computed");
        using var asked = await admin.PostAsync("/runs?model=household_scores&model=daily_sales", content: null, TestContext.Current.CancellationToken);
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var pending = (await asked.Content.ReadFromJsonAsync<Run>(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        asked.Headers.Location.ShouldBe(new Uri($"/runs/{pending.Id}", UriKind.Relative));
        pending.Models.ShouldBe(["household_scores", "daily_sales"], ignoreOrder: true);

        await Eventually.TrueAsync(async () => await setup.RowAsync("select count(*) from catalog.runs where 'household_scores' = any (models) and state in ('unchanged', 'published')") is "1");
        (await admin.GetFromJsonAsync<Run>(asked.Headers.Location, TestContext.Current.CancellationToken)).ShouldNotBeNull().Models.ShouldBe(["household_scores", "daily_sales"], ignoreOrder: true);
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Runs_ParameterThatDoesNotFit_Is400ThatSaysWhatDoes()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        var worker = setup.Worker(settings: [("ApiKeys:Read", Reader), ("Transform:Schedule", "")]);
        worker.MapDefaultEndpoints();
        worker.MapRuns();
        await worker.StartAsync(TestContext.Current.CancellationToken);
        using var reader = new HttpClient { BaseAddress = new Uri(worker.Urls.First()), DefaultRequestHeaders = { { "X-Api-Key", Reader } } };

        (await SaidAsync("/runs?limit=0")).ShouldContain("limit takes a whole number from 1 to 200.");
        (await SaidAsync("/runs?limit=201")).ShouldContain("limit takes a whole number from 1 to 200.");
        (await SaidAsync("/runs?limit=many")).ShouldContain("'many' does not fit: limit takes a whole number from 1 to 200.");
        (await SaidAsync("/runs?after=x")).ShouldContain("'x' does not fit: after takes a whole number.");
        (await SaidAsync("/runs?state=failed")).ShouldContain("It takes after, limit.");
        (await SaidAsync("/runs/1?limit=5")).ShouldContain("It takes none.");
        (await SaidAsync("/runs", HttpStatusCode.NotAcceptable, "text/csv")).ShouldContain("application/json");
        (await SaidAsync("/runs/999", HttpStatusCode.NotFound)).ShouldContain("No run has the id 999.");
        await worker.StopAsync(TestContext.Current.CancellationToken);

        async Task<string> SaidAsync(string address, HttpStatusCode expected = HttpStatusCode.BadRequest, string accept = "*/*")
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative)) { Headers = { { "Accept", accept } } };
            using var response = await reader.SendAsync(request, TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(expected, address);
            response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
            using var problem = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return problem.RootElement.GetProperty("detail").GetString().ShouldNotBeNull();
        }
    }
}
