using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport.Servers;
using Microsoft.Extensions.Options;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>Tickets are forged here as somebody would who knows this code, byte for byte.</summary>
public sealed class TicketSignerTests(IngestionHost host, PostgresFixture postgres, RabbitMqFixture broker) : IClassFixture<IngestionHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData(IngestionHost.IngestKey)]
    [InlineData(IngestionHost.IngestKey + "," + IngestionHost.SecondIngestKey)]
    [InlineData(IngestionHost.ReadKey)]
    public async Task Ticket_SignedWithWhatCallersKnow_IsNotAccepted(string secret)
    {
        var forged = await ForgedAsync(secret, TimeSpan.FromMinutes(5));

        (await UploadAsync(forged)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Ticket_RightlySignedForTenMinutes_IsAccepted() =>
        (await UploadAsync(await ForgedAsync(IngestionHost.SigningSecret, TimeSpan.FromMinutes(10)))).ShouldBe(HttpStatusCode.Created);

    [Theory]
    [InlineData(-1)]
    [InlineData(61)]
    [InlineData(60 * 24 * 365)]
    public async Task Ticket_RightlySignedButExpiredOrGoodForTooLong_IsNotAccepted(int minutes) =>
        (await UploadAsync(await ForgedAsync(IngestionHost.SigningSecret, TimeSpan.FromMinutes(minutes)))).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Ticket_OfAKeyThatWasTakenAway_IsNotAccepted()
    {
        var ticket = await TicketAsync(host, IngestionHost.SecondIngestKey);
        await using var later = new IngestionHost(postgres, broker) { Settings = { ["ApiKeys:Ingest"] = IngestionHost.IngestKey } };
        await later.InitializeAsync();

        (await UploadAsync(ticket)).ShouldBe(HttpStatusCode.Created);
        (await UploadAsync(ticket, later)).ShouldBe(HttpStatusCode.Unauthorized);
        (await UploadAsync(await TicketAsync(host, IngestionHost.IngestKey), later)).ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("Signing:Secret", "", "Signing__Secret")]
    [InlineData("Signing:Secret", "too-short", "Signing__Secret")]
    [InlineData("ApiKeys:Ingest", "", "ApiKeys__ingest")]
    [InlineData("ApiKeys:Ingest", "too-short", "ApiKeys__ingest")]
    [InlineData("Ingestion:TicketLifetime", "01:00:01", "TicketLifetime")]
    public async Task Start_WithSettingsThatWeakenTickets_IsRefused(string setting, string value, string named)
    {
        await using var weak = new IngestionHost(postgres, broker) { Settings = { [setting] = value } };

        (await Should.ThrowAsync<OptionsValidationException>(async () => await weak.InitializeAsync())).Message.ShouldContain(named);
    }

    /// <summary>Expiry, 16 bytes that do not matter, the fingerprint of the first ingest key, and their HMAC.</summary>
    private async Task<string> ForgedAsync(string secret, TimeSpan lifetime)
    {
        var ticket = Base64Url.DecodeFromChars(await TicketAsync(host, IngestionHost.IngestKey));
        BinaryPrimitives.WriteInt64BigEndian(ticket, (DateTimeOffset.UtcNow + lifetime).ToUnixTimeMilliseconds());
        var payload = ticket.Length - HMACSHA256.HashSizeInBytes;
        var key = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "dunnhumby upload ticket"u8);
        HMACSHA256.HashData(key, ticket.AsSpan(0, payload), ticket.AsSpan(payload));
        return Base64Url.EncodeToString(ticket);
    }

    private static async Task<string> TicketAsync(IngestionHost issuer, string key)
    {
        using var client = issuer.Client(key);
        using var issued = await client.PostAsync(new Uri("/tickets", UriKind.Relative), content: null, Cancelled);
        return (await issued.Content.ReadFromJsonAsync<UploadTicket>(Cancelled)).ShouldNotBeNull().Ticket;
    }

    private async Task<HttpStatusCode> UploadAsync(string ticket, IngestionHost? to = null)
    {
        using var browser = (to ?? host).Client(key: null);
        browser.DefaultRequestHeaders.Authorization = new("Bearer", ticket);
        using var content = new StringContent(Csv.File(Csv.CampaignHeader, Csv.Campaign()), Encoding.UTF8, "text/csv");
        using var response = await browser.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), content, Cancelled);
        return response.StatusCode;
    }
}
