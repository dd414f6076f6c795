using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>What one key sends, the tickets of another do not see, however it came and whether it is loaded yet.</summary>
public sealed class KeyIsolationTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LoadEventsAndBatch_AreSeenByTicketsOfTheirKeyOnly()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        var batch = await BatchAsync();
        string[] addresses = [$"/loads/{load.Id}", $"/loads/{load.Id}/events", $"/batches/{batch.Id}", $"/loads/{batch.Files[0].Load!.Id}"];
        using var own = await BrowserAsync(IngestionHost.IngestKey);
        using var other = await BrowserAsync(IngestionHost.SecondIngestKey);
        using var otherKey = host.Client(IngestionHost.SecondIngestKey);

        foreach (var address in addresses)
        {
            (await StatusAsync(own, address)).ShouldBe(HttpStatusCode.OK, address);
            (await StatusAsync(other, address)).ShouldBe(HttpStatusCode.NotFound, address);

            // A key with scope ingest works on all loads: it lists, mends and withdraws them.
            (await StatusAsync(otherKey, address)).ShouldBe(HttpStatusCode.OK, address);
        }
    }

    [Fact]
    public async Task Load_OfAnotherKey_IsToATicketAsIfThereWereNone()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        using var other = await BrowserAsync(IngestionHost.SecondIngestKey);

        using var foreign = await other.GetAsync(new Uri($"/loads/{load.Id}", UriKind.Relative), Cancelled);
        using var missing = await other.GetAsync(new Uri("/loads/999999999", UriKind.Relative), Cancelled);

        var (seen, none) = (await foreign.ProblemAsync(HttpStatusCode.NotFound, "unknown-load"), await missing.ProblemAsync(HttpStatusCode.NotFound, "unknown-load"));
        seen.GetProperty("detail").GetString().ShouldBe(none.GetProperty("detail").GetString()!.Replace("999999999", $"{load.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunningLoad_IsSeenByTicketsOfItsKeyOnly()
    {
        var csv = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        using var gated = new GatedContent(Encoding.UTF8.GetBytes(csv[..10]), Encoding.UTF8.GetBytes(csv[10..]));
        using var client = host.StreamingClient();
        using var own = await BrowserAsync(IngestionHost.IngestKey);
        using var other = await BrowserAsync(IngestionHost.SecondIngestKey);
        var uploading = client.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), gated, Cancelled);
        await using var catalog = host.Catalog();
        long id = 0;
        await Eventually.TrueAsync(
            async () => (id = await catalog.RunningLoads.Select(load => load.Id).FirstOrDefaultAsync(Cancelled)) > 0,
            TimeSpan.FromSeconds(60));

        (await StatusAsync(own, $"/loads/{id}")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(other, $"/loads/{id}")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(other, $"/loads/{id}/events")).ShouldBe(HttpStatusCode.NotFound);
        (await catalog.RunningLoads.AsNoTracking().SingleAsync(load => load.Id == id, Cancelled)).KeyFingerprint.ShouldBe(Fingerprint(IngestionHost.IngestKey));
        gated.Open();
        using var loaded = await uploading;
        loaded.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task LoadAndBatch_RecordTheFingerprintOfTheirKey_FromWhichItCannotBeGuessed()
    {
        using var second = await BrowserAsync(IngestionHost.SecondIngestKey);
        using var content = new StringContent(Csv.File(Csv.CampaignHeader, Csv.Campaign()), Encoding.UTF8, "text/csv");
        content.Headers.Add("Idempotency-Key", $"{Guid.NewGuid()}");
        using var uploaded = await second.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), content, Cancelled);
        var direct = await uploaded.LoadAsync();
        var batch = await BatchAsync();
        var resumed = await ResumedAsync(IngestionHost.SecondIngestKey);

        await using var catalog = host.Catalog();
        (await KeyOfAsync(direct.Id)).ShouldBe(Fingerprint(IngestionHost.SecondIngestKey));
        (await KeyOfAsync(resumed)).ShouldBe(Fingerprint(IngestionHost.SecondIngestKey));
        (await KeyOfAsync(batch.Files[0].Load!.Id)).ShouldBe(Fingerprint(IngestionHost.IngestKey));
        (await catalog.Batches.SingleAsync(found => found.Id == batch.Id, Cancelled)).KeyFingerprint.ShouldBe(Fingerprint(IngestionHost.IngestKey));
        var callers = await catalog.IdempotencyKeys.Select(key => key.Caller).Distinct().ToListAsync(Cancelled);
        callers.ShouldBe([Fingerprint(IngestionHost.SecondIngestKey)]);

        async Task<string?> KeyOfAsync(long id) => (await catalog.Loads.SingleAsync(load => load.Id == id, Cancelled)).KeyFingerprint;
    }

    /// <summary>The first 8 bytes of an HMAC whose key only the deployment knows: who has the database alone cannot try guesses.</summary>
    private static string Fingerprint(string key) => Convert.ToHexStringLower(HMACSHA256.HashData(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(IngestionHost.SigningSecret), "dunnhumby key fingerprint"u8), Encoding.UTF8.GetBytes(key))[..8]);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Cancelled);
        return response.StatusCode;
    }

    private async Task<HttpClient> BrowserAsync(string key)
    {
        using var issuer = host.Client(key);
        using var issued = await issuer.PostAsync(new Uri("/tickets", UriKind.Relative), content: null, Cancelled);
        var browser = host.Client(key: null);
        browser.DefaultRequestHeaders.Authorization = new("Bearer", (await issued.Content.ReadFromJsonAsync<UploadTicket>(Cancelled)).ShouldNotBeNull().Ticket);
        return browser;
    }

    private async Task<Batch> BatchAsync()
    {
        using var client = host.Client();
        using var archive = new ByteArrayContent(Zip.Of(("campaign_desc.csv", Csv.File(Csv.CampaignHeader, Csv.Campaign()))));
        using var response = await client.PostAsync(new Uri("/loads", UriKind.Relative), archive, Cancelled);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await response.Content.ReadFromJsonAsync<Batch>(Cancelled)).ShouldNotBeNull();
    }

    private async Task<long> ResumedAsync(string key)
    {
        var file = Encoding.UTF8.GetBytes(Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        using var client = new TusClient(host.Client(key));
        var address = await client.CreateAsync(file.Length, "campaign_desc.csv");
        using var sent = await client.PatchAsync(address, 0, file);
        return (await client.EndAsync(address)).Loads.ShouldHaveSingleItem().Load.Id;
    }
}
