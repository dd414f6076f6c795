using System.Net;
using System.Net.Sockets;
using System.Text;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>Requests that no decent client sends, written byte by byte.</summary>
public sealed class RawConnectionTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task Upload_BodyThatStopsComing_IsAnsweredWith408()
    {
        var answer = await AnswerAsync("Content-Length: 1000\r\n", Csv.CampaignHeader, endsEarly: false);

        answer.ShouldStartWith("HTTP/1.1 408");
        await ShouldHaveNothingAsync();
    }

    [Fact]
    public async Task Upload_ShorterThanTheDeclaredLength_IsRefused()
    {
        var answer = await AnswerAsync("Content-Length: 1000\r\n", Csv.File(Csv.CampaignHeader, Csv.Campaign()), endsEarly: true);

        // A server may also hang up without a word: the client is gone.
        (answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal)).ShouldBeTrue(answer);
        await ShouldHaveNothingAsync();
    }

    [Fact]
    public async Task Upload_ChunksThatBreakOff_AreRefused()
    {
        var answer = await AnswerAsync("Transfer-Encoding: chunked\r\n", $"{Csv.CampaignHeader.Length + 1:x}\r\n{Csv.CampaignHeader}\n\r\n20\r\nTypeA,1", endsEarly: true);

        (answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal)).ShouldBeTrue(answer);
        await ShouldHaveNothingAsync();
    }

    [Fact]
    public async Task Upload_WithAFileNameThatIsAPath_UsesItForNothing()
    {
        foreach (var name in (string[])["../../../tmp/stolen.csv", "a%00b.csv", new string('x', 300) + ".csv", "C:\\stolen.csv"])
        {
            var before = host.Files().Length;
            using var request = new HttpRequestMessage(HttpMethod.Post, "/loads/campaign_desc") { Content = new StringContent(Csv.File(Csv.CampaignHeader, Csv.Campaign()), Encoding.UTF8, "text/csv") };
            request.Content.Headers.TryAddWithoutValidation("Content-Disposition", $"attachment; filename=\"{name}\"");
            using var client = host.Client();
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var load = await response.LoadAsync();

            host.Files().Length.ShouldBe(before + 1);
            File.Exists(Path.Combine(host.Lake, "campaign_desc", $"load={load.Id}", "part-00000.parquet")).ShouldBeTrue();
        }

        using var longName = await host.UploadAsync(new string('x', 300), "");
        await longName.ProblemAsync(HttpStatusCode.NotFound, "unknown-dataset");
    }

    private async Task<string> AnswerAsync(string headers, string body, bool endsEarly)
    {
        var address = host.Client().BaseAddress ?? throw new InvalidOperationException("The server has an address.");
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /loads/coupon_redempt HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {IngestionHost.IngestKey}\r\nContent-Type: text/csv\r\n{headers}\r\n{body}"), TestContext.Current.CancellationToken);
        if (endsEarly)
        {
            socket.Client.Shutdown(SocketShutdown.Send);
        }

        var answer = new byte[8_192];
        try
        {
            var length = await stream.ReadAsync(answer, TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
            return Encoding.UTF8.GetString(answer, 0, length);
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>No load, and nothing of that data set in the lake.</summary>
    private async Task ShouldHaveNothingAsync()
    {
        await using var catalog = host.Catalog();
        (await catalog.Loads.AnyAsync(load => load.Dataset == "coupon_redempt", TestContext.Current.CancellationToken)).ShouldBeFalse();
        Directory.Exists(Path.Combine(host.Lake, "coupon_redempt")).ShouldBeFalse();
    }
}
