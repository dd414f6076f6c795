using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Ingestion.Service.Loading;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.Ingestion.Service.Tests.Loading;

public sealed class ProgressTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private const int FirstRows = 12_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Upload_WhileItRuns_IsShownByEveryReplicaAndFollowedToItsEnd()
    {
        var first = Encoding.UTF8.GetBytes(Csv.File([Csv.TransactionHeader, Csv.Transaction("DAY", "0"), .. Enumerable.Range(0, FirstRows).Select(_ => Csv.Transaction())]));
        var second = Encoding.UTF8.GetBytes(Csv.File(Csv.Transaction()));
        using var content = new GatedContent(first, second);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var client = host.StreamingClient();
        var uploading = client.PostAsync(new Uri("/loads/transaction_data", UriKind.Relative), content, TestContext.Current.CancellationToken);

        // The reader takes whole blocks: what is left of the first part is read with the second.
        var running = await FoundAsync(async () => (await client.GetFromJsonAsync<Page<RunningLoad>>("/loads?state=running", TestContext.Current.CancellationToken))?.Items.SingleOrDefault(load => load.Read > 1_000));
        running.ShouldSatisfyAllConditions(
            () => running.State.ShouldBe(LoadStates.Running),
            () => running.Dataset.ShouldBe("transaction_data"),
            () => running.TotalBytes.ShouldBe(first.Length + second.Length),
            () => running.Bytes.ShouldBeInRange(256 * 1_024, first.Length),
            () => running.Quarantined.ShouldBe(1));
        var settled = await FoundAsync(async () => await client.GetFromJsonAsync<RunningLoad>($"/loads/{running.Id}", TestContext.Current.CancellationToken) is { EstimatedEnd: not null } load ? load : null);
        settled.RowsPerSecond.ShouldBeGreaterThan(0);
        settled.State.ShouldBe(LoadStates.Running);

        // Another replica has no uploads of its own: what it says can only come from the heartbeat.
        var catalogs = host.Services.GetRequiredService<IDbContextFactory<LakeCatalog>>();
        var replica = new RunningLoads(new RunningUploads(catalogs, TimeProvider.System), catalogs, TimeProvider.System);
        (await FoundAsync(() => replica.FindAsync(running.Id, TestContext.Current.CancellationToken))).TotalBytes.ShouldBe(running.TotalBytes);

        using var events = await client.GetAsync(new Uri($"/loads/{running.Id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        events.Content.Headers.ContentType?.MediaType.ShouldBe("text/event-stream");
        await using var stream = await events.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var seen = new List<SseItem<string>>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Deadline);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(limit.Token))
        {
            seen.Add(item);
            content.Open();
        }

        using var response = await uploading;
        var load = await response.LoadAsync();
        load.Id.ShouldBe(running.Id);
        seen[0].EventType.ShouldBe("progress");
        seen[^1].EventType.ShouldBe(LoadStates.Completed);
        JsonSerializer.Deserialize<Load>(seen[^1].Data, JsonSerializerOptions.Web).ShouldBe(load);
        (await client.GetFromJsonAsync<Load>($"/loads/{load.Id}", TestContext.Current.CancellationToken)).ShouldBe(load);
        await Eventually.TrueAsync(async () => await replica.FindAsync(running.Id, TestContext.Current.CancellationToken) is null);
    }

    [Fact]
    public async Task Events_OfALoadThatHasEnded_AreItsEnd()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        using var client = host.Client();
        var text = await client.GetStringAsync($"/loads/{load.Id}/events", TestContext.Current.CancellationToken);
        using var unknown = await client.GetAsync(new Uri("/loads/999999/events", UriKind.Relative), TestContext.Current.CancellationToken);

        text.ShouldStartWith("event: completed");
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "unknown-load");
    }

    /// <summary>The first that is found.</summary>
    private static async Task<T> FoundAsync<T>(Func<Task<T?>> look, [CallerArgumentExpression(nameof(look))] string what = "")
        where T : class =>
        await Eventually.GetAsync(look, found => found is not null, what: what) ?? throw new InvalidOperationException("Null was waited for.");
}
