using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>The line "Transport" of the bad-input table, compression, and idempotency.</summary>
public sealed class TransportTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", HttpStatusCode.Unauthorized)]
    [InlineData(IngestionHost.ReadKey, HttpStatusCode.Forbidden)]
    public async Task Upload_WithoutTheRightKey_IsRefused(string? key, HttpStatusCode status)
    {
        using var client = host.Client(key);
        using var content = new StringContent(Csv.File(Csv.CampaignHeader, Csv.Campaign()), Encoding.UTF8, "text/csv");
        using var response = await client.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), content, TestContext.Current.CancellationToken);

        await response.ProblemAsync(status);
    }

    [Theory]
    [InlineData("transactions")]
    [InlineData("Product")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("product%00")]
    public async Task Upload_UnknownDataset_NamesTheEight(string dataset)
    {
        using var response = await host.UploadAsync(dataset, Csv.File(Csv.CampaignHeader, Csv.Campaign()));

        response.StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        if (!dataset.Contains("%00", StringComparison.Ordinal))
        {
            (await response.ProblemAsync(HttpStatusCode.NotFound, "unknown-dataset")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("coupon_redempt");
        }

        host.Files().ShouldAllBe(file => !file.Contains("passwd", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("application/json", "application/json came. Send")]
    [InlineData("application/x-www-form-urlencoded", "add -H 'Content-Type: text/csv'")]
    [InlineData("multipart/form-data; boundary=x", "multipart/form-data; boundary=x came.")]
    [InlineData("nonsense", "nonsense came.")]
    public async Task Upload_WrongContentType_IsAnsweredWith415(string type, string words)
    {
        using var content = new StringContent(Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var client = host.Client();
        using var response = await client.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), content, TestContext.Current.CancellationToken);

        var problem = await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-content-type");
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(words);
    }

    [Fact]
    public async Task Upload_BodyOverTheLimit_IsAnsweredWith413()
    {
        using var response = await host.UploadAsync("product", new byte[20_000_001]);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Fact]
    public async Task Upload_ContentThatExplodes_IsAnsweredWith413()
    {
        var blankLines = new byte[90_000_000];
        Array.Fill(blankLines, (byte)'\n');
        Encoding.ASCII.GetBytes(Csv.ProductHeader, blankLines);
        var bomb = Compressed.Gzip(blankLines);
        using var response = await host.UploadAsync("product", bomb);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "decompression-bomb");
        host.Files().ShouldAllBe(file => !file.Contains("_staging", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_CutCompressedContent_IsRefused()
    {
        var rows = Csv.File([Csv.ProductHeader, .. Enumerable.Range(0, 2_000).Select(_ => Csv.Product())]);
        foreach (var whole in (byte[][])[Compressed.Gzip(Encoding.UTF8.GetBytes(rows)), Zstd.Of(Encoding.UTF8.GetBytes(rows))])
        {
            using var response = await host.UploadAsync("product", whole[..(whole.Length / 2)]);

            await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "damaged-content");
        }
    }

    [Fact]
    public async Task Upload_SameContentPlainGzippedAndZstd_IsOneLoad()
    {
        var plain = Encoding.UTF8.GetBytes(Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        using var first = await host.UploadAsync("campaign_desc", plain);
        using var gzip = await host.UploadAsync("campaign_desc", Compressed.Gzip(plain));
        using var zstd = await host.UploadAsync("campaign_desc", Zstd.Of(plain));

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        gzip.StatusCode.ShouldBe(HttpStatusCode.OK);
        var load = await first.LoadAsync();
        load.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(plain)));
        load.Bytes.ShouldBe(plain.Length);
        (await gzip.LoadAsync()).ShouldBe(load);
        (await zstd.LoadAsync()).ShouldBe(load);
        first.Headers.Location?.ToString().ShouldBe($"/loads/{load.Id}");
        gzip.Headers.Location?.ToString().ShouldBe($"/loads/{load.Id}");
    }

    [Fact]
    public async Task Upload_TenTimesAtOnce_IsOneLoadWithOneFile()
    {
        var csv = Csv.File([Csv.TransactionHeader, .. Enumerable.Range(0, 5_000).Select(_ => Csv.Transaction())]);
        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => host.UploadAsync("transaction_data", csv)));

        responses.Count(response => response.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        responses.Count(response => response.StatusCode == HttpStatusCode.OK).ShouldBe(9);
        var loads = await Task.WhenAll(responses.Select(response => response.LoadAsync()));
        loads.Distinct().ShouldHaveSingleItem().Loaded.ShouldBe(5_000);
        Directory.GetFiles(Path.Combine(host.Lake, "transaction_data"), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
        Directory.GetFiles(Path.Combine(host.Lake, "_staging")).ShouldBeEmpty();
        (await AnnouncementsAsync(loads[0].Id)).ShouldBe(1);
    }

    [Theory]
    [InlineData("Content-Digest")]
    [InlineData("Repr-Digest")]
    public async Task Upload_WrongDeclaredHash_IsRefused(string header)
    {
        using var content = new StringContent(Csv.File(Csv.CampaignHeader, Csv.Campaign()), Encoding.UTF8, "text/csv");
        content.Headers.TryAddWithoutValidation(header, $"sha-256=:{Convert.ToBase64String(SHA256.HashData("other"u8))}:");
        using var client = host.Client();
        using var response = await client.PostAsync(new Uri("/loads/campaign_desc", UriKind.Relative), content, TestContext.Current.CancellationToken);

        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "digest-mismatch");
    }

    [Fact]
    public async Task Upload_ClientDisconnectsHalfWay_LeavesNothing()
    {
        await using var catalog = host.Catalog();
        var before = await catalog.Loads.CountAsync(TestContext.Current.CancellationToken);
        var files = host.Files();
        var address = host.Client().BaseAddress ?? throw new InvalidOperationException("The server has an address.");
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
            var head = $"POST /loads/coupon HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {IngestionHost.IngestKey}\r\nContent-Type: text/csv\r\nContent-Length: 10000000\r\n\r\n";
            var rows = string.Concat(Enumerable.Range(0, 300_000).Select(row => $"{row},1,1\n"));
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + "COUPON_UPC,PRODUCT_ID,CAMPAIGN\n" + rows), TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(host.Lake, "_staging")).Length > 0);
        }

        await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(host.Lake, "_staging")).Length == 0);
        host.Files().ShouldBe(files, ignoreOrder: true);
        (await catalog.Loads.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task Upload_OverTheErrorBudget_FailsWholeAndKeepsTheQuarantine()
    {
        var csv = Csv.File([Csv.CampaignHeader, Csv.Campaign(), .. Enumerable.Range(0, 11).Select(row => $"TypeX,{row},1,2")]);
        using var response = await host.UploadAsync("campaign_desc", csv);

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "over-error-budget");
        var id = problem.GetProperty("loadId").GetInt64();
        response.Headers.Location?.ToString().ShouldBe($"/loads/{id}");
        (await host.QuarantineAsync(id)).Items.Count.ShouldBe(11);
        Directory.Exists(Path.Combine(host.Lake, "campaign_desc", $"load={id}")).ShouldBeFalse();
        await using var catalog = host.Catalog();
        (await AnnouncementsAsync(id)).ShouldBe(0);
        var load = await catalog.Loads.SingleAsync(load => load.Id == id, TestContext.Current.CancellationToken);
        (load.State, load.Read, load.Loaded, load.Quarantined).ShouldBe(("failed", 12, 0, 11));

        (await host.LoadAsync("campaign_desc", csv, "?maxQuarantined=11")).Quarantined.ShouldBe(11);
        (await host.LoadAsync("campaign_desc", csv + $"TypeA,{Csv.Unique()},1,2\n", "?maxQuarantined=90%25")).Loaded.ShouldBe(2);
    }

    [Theory]
    [InlineData("?maxQuarantined=many")]
    [InlineData("?maxQuarantined=-1")]
    [InlineData("?maxQuarantined=101%25")]
    public async Task Upload_BudgetThatIsNone_IsAnsweredWith400(string query)
    {
        using var response = await host.UploadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, Csv.Campaign()), query);

        await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-budget");
    }

    private async Task<int> AnnouncementsAsync(long loadId)
    {
        await using var catalog = host.Catalog();
        return await catalog.Database
            .SqlQuery<int>($"select count(*)::int as \"Value\" from catalog.outbox where (body ->> 'loadId')::bigint = {loadId}")
            .SingleAsync(TestContext.Current.CancellationToken);
    }
}
