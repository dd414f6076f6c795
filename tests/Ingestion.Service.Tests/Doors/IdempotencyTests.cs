using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

public sealed class IdempotencyTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Fact]
    public async Task Upload_SameKeyAndContent_GetsTheStoredAnswer()
    {
        var key = Key();
        var csv = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        using var first = await PostAsync("/loads/campaign_desc", csv, key);
        using var again = await PostAsync("/loads/campaign_desc", csv, key);
        using var without = await host.UploadAsync("campaign_desc", csv);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        (await again.LoadAsync()).ShouldBe(await first.LoadAsync());

        // Without the key the content is what is recognised.
        without.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Upload_FileOverItsBudgetAgain_IsTheSameFailedLoad()
    {
        var key = Key();
        var csv = Csv.File([Csv.CampaignHeader, .. Enumerable.Range(0, 30).Select(_ => $"TypeX,{Csv.Unique()},1,2")]);
        using var first = await PostAsync("/loads/campaign_desc", csv, key);
        using var again = await PostAsync("/loads/campaign_desc", csv, key);

        var id = (await first.ProblemAsync(HttpStatusCode.UnprocessableEntity, "over-error-budget")).GetProperty("loadId").GetInt64();
        again.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"\"loadId\":{id}");
    }

    [Fact]
    public async Task Upload_SameKeyForSomethingElse_IsRefused()
    {
        var key = Key();
        using var first = await PostAsync("/loads/campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()), key);
        using var content = await PostAsync("/loads/campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()), key);
        using var address = await PostAsync("/loads/product", Csv.File(Csv.ProductHeader, Csv.Product()), key);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        await content.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await address.ProblemAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    [Fact]
    public async Task Upload_SameKeyWhileTheFirstRuns_IsAConflict()
    {
        var key = Key();
        var csv = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        using var gated = new GatedContent(Encoding.UTF8.GetBytes(csv[..10]), Encoding.UTF8.GetBytes(csv[10..]));
        gated.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        gated.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var client = host.StreamingClient();
        var uploading = client.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), gated, TestContext.Current.CancellationToken);
        await using var catalog = host.Catalog();
        await Eventually.TrueAsync(() => catalog.IdempotencyKeys.AnyAsync(row => row.Key == key, TestContext.Current.CancellationToken));
        using var second = await PostAsync("/loads/campaign_desc", csv, key);
        gated.Open();
        using var first = await uploading;

        await second.ProblemAsync(HttpStatusCode.Conflict, "idempotency-key-in-use");
        second.Headers.RetryAfter.ShouldNotBeNull();
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Upload_ThatCameDamaged_LeavesTheKeyToTheNextOne()
    {
        var key = Key();
        var csv = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        using var damaged = await PostAsync("/loads/campaign_desc", csv[..^5], key, digestOf: csv);
        using var whole = await PostAsync("/loads/campaign_desc", csv, key, digestOf: csv);

        await damaged.ProblemAsync(HttpStatusCode.UnprocessableEntity, "digest-mismatch");
        whole.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Upload_AfterTheKeysTime_IsAnotherRequest()
    {
        var key = Key();
        using var first = await PostAsync("/loads/campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()), key);
        await using var catalog = host.Catalog();
        await catalog.Database.ExecuteSqlAsync(
            $"update catalog.idempotency_keys set created_at = created_at - interval '25 hours', held_until = held_until - interval '25 hours' where key = {key}",
            TestContext.Current.CancellationToken);
        using var later = await PostAsync("/loads/campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()), key);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        later.StatusCode.ShouldBe(HttpStatusCode.Created);
        later.Headers.Location.ShouldNotBe(first.Headers.Location);
    }

    [Fact]
    public async Task Upload_KeyThatIsNone_IsAnsweredWith400()
    {
        using var response = await PostAsync("/loads/campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()), new string('k', 256));

        await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-idempotency-key");
    }

    /// <summary>A stored answer is shown to the key that got it, however each of them presents itself.</summary>
    [Theory]
    [InlineData("X-Api-Key", "Authorization")]
    [InlineData("Authorization", "X-Api-Key")]
    [InlineData("Authorization", "Authorization")]
    [InlineData("X-Api-Key", "X-Api-Key")]
    public async Task Upload_SameKeyOfAnotherCaller_IsAnotherRequest(string firstHeader, string secondHeader)
    {
        var key = Key();
        var csv = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        using var first = await PostAsync("/loads/campaign_desc", csv, key, caller: (firstHeader, IngestionHost.IngestKey));
        using var other = await PostAsync("/loads/campaign_desc", csv, key, caller: (secondHeader, IngestionHost.SecondIngestKey));
        using var otherContent = await PostAsync("/loads/campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()), Key(), caller: (secondHeader, IngestionHost.SecondIngestKey));

        first.StatusCode.ShouldBe(HttpStatusCode.Created);

        // The content is known, and that is all: not the stored answer, which was a 201.
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        other.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        otherContent.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Upload_SameKeyOfTheSameCallerInAnotherHeaderOrByTicket_GetsTheStoredAnswer()
    {
        var key = Key();
        var csv = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        using var issuer = host.Client();
        using var issued = await issuer.PostAsync(new Uri("/tickets", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
        var ticket = System.Text.Json.JsonDocument.Parse(await issued.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("ticket").GetString();
        using var first = await PostAsync("/loads/campaign_desc", csv, key, caller: ("X-Api-Key", IngestionHost.IngestKey));
        using var bearer = await PostAsync("/loads/campaign_desc", csv, key, caller: ("Authorization", IngestionHost.IngestKey));
        using var byTicket = await PostAsync("/loads/campaign_desc", csv, key, caller: ("Authorization", ticket.ShouldNotBeNull()));

        bearer.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        byTicket.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await byTicket.LoadAsync()).ShouldBe(await first.LoadAsync());
    }

    private static string Key() => Guid.NewGuid().ToString();

    private async Task<HttpResponseMessage> PostAsync(string address, string csv, string key, string? digestOf = null, (string Header, string Value)? caller = null)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        content.Headers.TryAddWithoutValidation("Idempotency-Key", $"\"{key}\"");
        if (digestOf is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(digestOf)))}:");
        }

        using var client = host.Client(caller is null ? IngestionHost.IngestKey : null);
        if (caller is var (header, value))
        {
            client.DefaultRequestHeaders.Add(header, header is "Authorization" ? $"Bearer {value}" : value);
        }

        return await client.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
