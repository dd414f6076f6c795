using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Publishing;
using Dunnhumby.Transform.Worker.Tests.Lakes;
using Dunnhumby.Transform.Worker.Tests.Work;

namespace Dunnhumby.Transform.Worker.Tests.Publishing;

public sealed class VersionEndpointTests(PostgresFixture postgres)
{
    private const string Reader = "read-key-of-tests-0123456789abcdefgh";
    private const string Writer = "ingest-key-of-tests-0123456789abcdef";
    private const string Admin = "admin-key-of-tests-0123456789abcdefg";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Versions_PublishedAndReleased_ByAnAdminOnly()
    {
        await using var setup = await WorkerSetup.CreateAsync(postgres);
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(1, 200, 230));
        await WorkerSetup.RunAsync(setup.Worker());
        await setup.LoadAsync(DatasetNames.Campaigns, Rows.Campaign(2, 300, 330));
        await WorkerSetup.RunAsync(setup.Worker());
        var worker = setup.Worker(settings: [("ApiKeys:Ingest", Writer), ("ApiKeys:Read", Reader), ("ApiKeys:Admin", Admin), ("Transform:Schedule", "")]);
        worker.MapVersions();
        await worker.StartAsync(Cancellation);
        var address = new Uri(worker.Urls.First());
        using var admin = Client(Admin);

        foreach (var (key, expected) in new[] { (Reader, HttpStatusCode.Forbidden), (Writer, HttpStatusCode.Forbidden), ("", HttpStatusCode.Unauthorized) })
        {
            using var other = Client(key);
            (await other.PostAsync("/versions/1/publish", content: null, Cancellation)).StatusCode.ShouldBe(expected);
            (await other.PostAsync("/versions/release", content: null, Cancellation)).StatusCode.ShouldBe(expected);
        }

        await ProblemAsync("/versions/release", HttpStatusCode.Conflict, "nothing-held");
        await ProblemAsync("/versions/9/publish", HttpStatusCode.NotFound, "unknown-version");
        await ProblemAsync("/versions/2/publish", HttpStatusCode.Conflict, "already-current");
        await ProblemAsync("/versions/two/publish", HttpStatusCode.BadRequest, "bad-parameter");

        using var published = await admin.PostAsync("/versions/1/publish", content: null, Cancellation);
        published.StatusCode.ShouldBe(HttpStatusCode.OK);
        var made = (await published.Content.ReadFromJsonAsync<Republication>(Cancellation)).ShouldNotBeNull();
        (made.Version, made.Republishes).ShouldBe((3, 1));
        (await setup.RowAsync("select requested_by ~ '^admin:[0-9a-f]{16}$' from catalog.runs where version = 3")).ShouldBe("True");
        (await setup.RowsAsync("select campaign from insights.campaign_summary order by 1")).ShouldBe(["1"]);
        await ProblemAsync("/versions/1/publish", HttpStatusCode.Conflict, "already-current");

        using var released = await admin.PostAsync("/versions/release", content: null, Cancellation);
        released.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await released.Content.ReadFromJsonAsync<HoldRelease>(Cancellation)).ShouldNotBeNull().Version.ShouldBe(3);
        await worker.StopAsync(Cancellation);

        HttpClient Client(string key)
        {
            var client = new HttpClient { BaseAddress = address };
            if (key.Length > 0)
            {
                client.DefaultRequestHeaders.Add("X-Api-Key", key);
            }

            return client;
        }

        async Task ProblemAsync(string path, HttpStatusCode status, string code)
        {
            using var response = await admin.PostAsync(path, content: null, Cancellation);
            var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation)).ShouldNotBeNull();
            response.StatusCode.ShouldBe(status, problem.ToJsonString());
            problem["type"]?.ToString().ShouldBe($"urn:dunnhumby:problem:{code}");
            problem["detail"]?.ToString().ShouldNotBeNullOrEmpty();
        }
    }
}
