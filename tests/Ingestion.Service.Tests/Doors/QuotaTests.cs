using System.Net;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.Ingestion.Service.Tests.Loading.Replays;
using Dunnhumby.TestSupport;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>One key cannot take the disk or the service from the others.</summary>
public sealed class QuotaTests(PostgresFixture postgres, RabbitMqFixture broker)
{
    private static readonly byte[] Header = Encoding.UTF8.GetBytes(Csv.File(Csv.ProductHeader));

    [Fact]
    public async Task Upload_WhileTheKeyHasAsManyUnderWayAsItMay_Is429AndOthersGoOn()
    {
        await using var host = await StartAsync(("Ingestion:MaxConcurrentUploads", "1"));
        using var client = host.StreamingClient();
        using var slow = new GatedContent(Header, Encoding.UTF8.GetBytes($"{Csv.Unique()},1,GROCERY,National,B,B,1 LB\n"));
        var first = client.PostAsync(new Uri("/loads/product", UriKind.Relative), slow, TestContext.Current.CancellationToken);
        var row = Csv.File(Csv.ProductHeader, $"{Csv.Unique()},1,GROCERY,National,B,B,1 LB");

        await Eventually.GetAsync(() => host.GetAsync<Page<RunningLoad>>("/loads?state=running"), running => running.Items.Count > 0);

        using var refused = await host.UploadAsync("product", row, "?dryRun=true");
        (await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "too-many-uploads")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("1 uploads of this key are under way");
        refused.Headers.RetryAfter.ShouldNotBeNull();

        using var other = host.Client(IngestionHost.SecondIngestKey);
        using var content = new StringContent(row, Encoding.UTF8, "text/csv");
        using var answered = await other.PostAsync(new Uri("/loads/product", UriKind.Relative), content, TestContext.Current.CancellationToken);
        answered.StatusCode.ShouldBe(HttpStatusCode.Created);

        slow.Open();
        using var ended = await first;
        ended.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var again = await host.UploadAsync("product", row);
        again.StatusCode.ShouldBe(HttpStatusCode.OK, "there is room again");
    }

    [Theory]
    [InlineData("Ingestion:MaxStoredUploads", "1")]
    [InlineData("Ingestion:MaxStoredUploadBytes", "1500")]
    public async Task Begin_MoreUnfinishedUploadsThanAKeyMayHave_Is429UntilOneIsRemoved(string setting, string value)
    {
        await using var host = await StartAsync((setting, value));
        using var tus = new TusClient(host.Client());
        var first = await tus.CreateAsync(1_000, "product.csv");

        using (var refused = await BeginAsync(tus))
        {
            (await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "upload-quota")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("1 uploads of 1,000 bytes are not finished");
        }

        using (var other = new TusClient(host.Client(IngestionHost.SecondIngestKey)))
        {
            await other.CreateAsync(1_000, "product.csv");
        }

        using (await tus.SendAsync("DELETE", first))
        {
        }

        await tus.CreateAsync(1_000, "product.csv");
    }

    [Fact]
    public async Task Upload_DiskNearlyFull_Is507BeforeItBegins()
    {
        await using var host = await StartAsync(("Ingestion:DiskReserveBytes", $"{long.MaxValue}"));

        using (var refused = await host.UploadAsync("product", Csv.File(Csv.ProductHeader)))
        {
            (await refused.ProblemAsync(HttpStatusCode.InsufficientStorage, "disk-reserve")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("Make room in the lake");
        }

        using var tus = new TusClient(host.Client());
        using (var begun = await BeginAsync(tus))
        {
            await begun.ProblemAsync(HttpStatusCode.InsufficientStorage, "disk-reserve");
        }

        // What adds bytes waits for room, under its own method and under another; what removes some does not.
        const string Address = "/uploads/00000000000000000000000000000000";
        using var patched = await tus.PatchAsync(Address, 0, [1]);
        await patched.ProblemAsync(HttpStatusCode.InsufficientStorage, "disk-reserve");
        using var overridden = await tus.SendAsync("POST", Address, [1], headers: [("Upload-Offset", "0"), ("X-HTTP-Method-Override", "patch")]);
        await overridden.ProblemAsync(HttpStatusCode.InsufficientStorage, "disk-reserve");
        using var removed = await tus.SendAsync("POST", Address, headers: [("X-HTTP-Method-Override", "DELETE")]);
        removed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Join_PartsOfAKeyThatMayBeginNoMore_Is429()
    {
        await using var host = await StartAsync(("Ingestion:MaxStoredUploads", "1"));
        using var tus = new TusClient(host.Client());
        using var part = await tus.SendAsync("POST", "/uploads", headers: [("Upload-Length", "0"), ("Upload-Concat", "partial")]);
        part.StatusCode.ShouldBe(HttpStatusCode.Created);

        using var joined = await tus.SendAsync("POST", "/uploads", headers: [("Upload-Concat", $"final;{part.Headers.Location}"), ("Upload-Metadata", TusClient.Metadata("filename", "product.csv"))]);

        await joined.ProblemAsync(HttpStatusCode.TooManyRequests, "upload-quota");
    }

    private static Task<HttpResponseMessage> BeginAsync(TusClient tus) =>
        tus.SendAsync("POST", "/uploads", headers: [("Upload-Length", "1000"), ("Upload-Metadata", TusClient.Metadata("filename", "product.csv"))]);

    private async Task<IngestionHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var host = new IngestionHost(postgres, broker);
        foreach (var (name, value) in settings)
        {
            host.Settings[name] = value;
        }

        await host.InitializeAsync();
        return host;
    }
}
