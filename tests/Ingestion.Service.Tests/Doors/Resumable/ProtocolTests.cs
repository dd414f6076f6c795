using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>The tus protocol, request by request.</summary>
public sealed class ProtocolTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static readonly byte[] SomeBytes = [1, 2, 3, 4];

    private static byte[] Campaigns(int rows = 3) => Encoding.UTF8.GetBytes(Csv.File([Csv.CampaignHeader, .. Enumerable.Range(0, rows).Select(_ => Csv.Campaign())]));

    [Fact]
    public async Task Options_WithoutKeyOrVersion_TellsWhatIsSpoken()
    {
        using var tus = new TusClient(host.Client(key: null));
        using var response = await tus.SendAsync("OPTIONS", "/uploads", version: "");

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        response.Headers.GetValues("Tus-Version").ShouldBe(["1.0.0"]);
        response.Headers.GetValues("Tus-Extension").Single().Split(',').ShouldBe(["creation", "creation-with-upload", "termination", "checksum", "expiration", "concatenation"], ignoreOrder: true);
        response.Headers.GetValues("Tus-Checksum-Algorithm").ShouldBe(["sha256,sha1"]);
        response.Headers.GetValues("Tus-Max-Size").ShouldBe(["20000000"]);
    }

    [Theory]
    [InlineData("POST", "/uploads")]
    [InlineData("HEAD", "/uploads/00000000000000000000000000000000")]
    [InlineData("PATCH", "/uploads/00000000000000000000000000000000")]
    [InlineData("DELETE", "/uploads/00000000000000000000000000000000")]
    public async Task Request_OfNoOrAnotherVersion_IsAnsweredWith412(string method, string address)
    {
        using var tus = new TusClient(host.Client());
        foreach (var version in (string[])["", "0.2.2"])
        {
            using var response = await tus.SendAsync(method, address, version: version, headers: ("Upload-Length", "3"));

            response.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
            response.Headers.GetValues("Tus-Version").ShouldBe(["1.0.0"]);
            response.Headers.GetValues("Tus-Resumable").ShouldBe(["1.0.0"]);
        }
    }

    [Fact]
    public async Task Upload_InPieces_IsLoadedAndItsBytesAreLetGo()
    {
        using var tus = new TusClient(host.Client());
        var file = Campaigns(200);
        var address = await tus.CreateAsync(file.Length, "Campaign_DESC-2026.csv");
        using (var created = await tus.SendAsync("HEAD", address))
        {
            TusClient.Offset(created).ShouldBe(0);
            created.Headers.GetValues("Upload-Length").ShouldBe([$"{file.Length}"]);
            created.Headers.GetValues("Upload-Metadata").ShouldBe([TusClient.Metadata("filename", "Campaign_DESC-2026.csv")]);
            created.Headers.CacheControl?.NoStore.ShouldBeTrue();
        }

        using (var first = await tus.PatchAsync(address, 0, file[..1_000]))
        {
            first.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            TusClient.Offset(first).ShouldBe(1_000);
            DateTimeOffset.Parse(first.Headers.GetValues("Upload-Expires").Single(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddHours(23));
        }

        (await tus.StateAsync(address)).State.ShouldBe(UploadStates.Receiving);
        using (var stale = await tus.PatchAsync(address, 0, file[..1_000]))
        {
            await stale.ProblemAsync(HttpStatusCode.Conflict, "upload-offset-conflict");
        }

        using (var last = await tus.PatchAsync(address, 1_000, file[1_000..]))
        {
            last.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            last.Headers.GetValues("Link").Single().ShouldBe($"<{address}>; rel=\"status\"");
        }

        var ended = await tus.EndAsync(address);
        ended.State.ShouldBe(UploadStates.Completed);
        var (isNew, load) = ended.Loads.ShouldHaveSingleItem();
        isNew.ShouldBeTrue();
        load.Loaded.ShouldBe(200);
        load.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(file)));
        (await tus.OffsetAsync(address)).ShouldBe(file.Length);
        await Eventually.TrueAsync(() => !host.Files().Any(path => path.EndsWith("/data", StringComparison.Ordinal) && path.Contains(ended.Id, StringComparison.Ordinal)));

        var again = await tus.CreateAsync(file.Length, "campaign_desc.csv");
        using var whole = await tus.PatchAsync(again, 0, file);
        (await tus.EndAsync(again)).Loads.ShouldBe([new UploadedLoad(IsNew: false, load)]);
    }

    [Fact]
    public async Task Upload_WithItsFirstBytes_IsCreatedWithThem()
    {
        using var tus = new TusClient(host.Client());
        var file = Campaigns();
        using var created = await tus.SendAsync("POST", "/uploads", file, headers: [("Upload-Length", $"{file.Length}"), ("Upload-Metadata", TusClient.Metadata("dataset", "campaign_desc"))]);

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        TusClient.Offset(created).ShouldBe(file.Length);
        (await tus.EndAsync(created.Headers.Location.ShouldNotBeNull().ToString())).Loads.ShouldHaveSingleItem().Load.Loaded.ShouldBe(3);
    }

    [Fact]
    public async Task Upload_OfAFaultyFile_IsRefusedWithTheProblemOfADirectOne()
    {
        using var tus = new TusClient(host.Client());
        var file = "DESCRIPTION,CAMPAIGN\nTypeA,1\n"u8.ToArray();
        var address = await tus.CreateAsync(file.Length, "campaign_desc.csv");
        using var patched = await tus.PatchAsync(address, 0, file);
        patched.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var ended = await tus.EndAsync(address);
        ended.State.ShouldBe(UploadStates.Refused);
        ended.Loads.ShouldBeEmpty();
        using var direct = await host.UploadAsync("campaign_desc", file);
        var problem = ended.Problem.ShouldNotBeNull();
        problem.GetProperty("type").GetString().ShouldBe((await direct.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Upload_WithItsHash_IsRefusedWhenAnotherFileComes()
    {
        using var tus = new TusClient(host.Client());
        var file = Campaigns();
        var address = await tus.CreateAsync(file.Length, "campaign_desc.csv", TusClient.Metadata("sha256", Convert.ToHexStringLower(SHA256.HashData(Campaigns()))));
        using var patched = await tus.PatchAsync(address, 0, file);

        (await tus.EndAsync(address)).Problem.ShouldNotBeNull().GetProperty("type").GetString().ShouldBe("urn:dunnhumby:problem:digest-mismatch");
    }

    [Fact]
    public async Task Checksum_ThatDoesNotMatch_KeepsNothingOfThePiece()
    {
        using var tus = new TusClient(host.Client());
        var file = Campaigns();
        var address = await tus.CreateAsync(file.Length, "campaign_desc.csv");
        foreach (var (algorithm, hash) in ((string, Func<byte[], byte[]>)[])[("sha256", SHA256.HashData), ("sha1", Sha1)])
        {
            using var wrong = await tus.PatchAsync(address, 0, file, ("Upload-Checksum", $"{algorithm} {Convert.ToBase64String(hash(file[1..]))}"));
            ((int)wrong.StatusCode).ShouldBe(460);
            (await tus.OffsetAsync(address)).ShouldBe(0);
        }

        using var unknown = await tus.PatchAsync(address, 0, file, ("Upload-Checksum", "crc32 AAAA"));
        await unknown.ProblemAsync(HttpStatusCode.BadRequest, "invalid-upload-checksum");
        using var first = await tus.PatchAsync(address, 0, file[..10], ("Upload-Checksum", $"sha1 {Convert.ToBase64String(Sha1(file[..10]))}"));
        using var second = await tus.PatchAsync(address, 10, file[10..], ("Upload-Checksum", $"sha256 {Convert.ToBase64String(SHA256.HashData(file[10..]))}"));
        second.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await tus.EndAsync(address)).State.ShouldBe(UploadStates.Completed);
    }

    [Fact]
    public async Task Delete_Upload_LeavesNothing()
    {
        using var tus = new TusClient(host.Client());
        var address = await tus.CreateAsync(100, "campaign_desc.csv");
        using var first = await tus.PatchAsync(address, 0, SomeBytes);
        using var deleted = await tus.SendAsync("POST", address, headers: ("X-HTTP-Method-Override", "DELETE"));

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var gone = await tus.PatchAsync(address, 4, SomeBytes);
        await gone.ProblemAsync(HttpStatusCode.NotFound, "unknown-upload");
        var id = address["/uploads/".Length..];
        host.Files().ShouldNotContain(path => path.Contains(id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Upload_ThatNothingCameForALifetime_IsRemoved()
    {
        using var tus = new TusClient(host.Client());
        var address = await tus.CreateAsync(100, "campaign_desc.csv");
        var folder = Path.Combine(host.Lake, "_staging", "uploads", address["/uploads/".Length..]);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "data"), DateTime.UtcNow.AddDays(-2));

        using var late = await tus.PatchAsync(address, 0, SomeBytes);
        late.StatusCode.ShouldBeOneOf(HttpStatusCode.Gone, HttpStatusCode.NotFound);
        await Eventually.TrueAsync(() => !Directory.Exists(folder));
    }

    [Fact]
    public async Task Request_ThatIsWrong_SaysHow()
    {
        using var tus = new TusClient(host.Client());
        var name = TusClient.Metadata("filename", "campaign_desc.csv");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: ("Upload-Metadata", name)), HttpStatusCode.BadRequest, "invalid-upload-length");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: [("Upload-Defer-Length", "1"), ("Upload-Metadata", name)]), HttpStatusCode.BadRequest, "invalid-upload-length");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: [("Upload-Length", "5"), ("Upload-Metadata", "filename ???")]), HttpStatusCode.BadRequest, "invalid-upload-metadata");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: [("Upload-Length", "5"), ("Upload-Metadata", TusClient.Metadata("filename", "campaign_desc\0.csv"))]), HttpStatusCode.BadRequest, "invalid-upload-metadata");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: [("Upload-Length", "5"), ("Upload-Metadata", TusClient.Metadata("filename", "../etc/passwd"))]), HttpStatusCode.UnprocessableEntity, "unknown-dataset");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", SomeBytes, "text/csv", headers: [("Upload-Length", "5"), ("Upload-Metadata", name)]), HttpStatusCode.UnsupportedMediaType, "unsupported-content-type");
        using (var large = await tus.SendAsync("POST", "/uploads", headers: [("Upload-Length", "20000001"), ("Upload-Metadata", name)]))
        {
            await large.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
            large.Headers.GetValues("Tus-Max-Size").ShouldBe(["20000000"]);
        }

        var address = await tus.CreateAsync(5, "campaign_desc.csv");
        await RefusedAsync(tus.SendAsync("PATCH", address, SomeBytes, "text/csv", headers: ("Upload-Offset", "0")), HttpStatusCode.UnsupportedMediaType, "unsupported-content-type");
        await RefusedAsync(tus.SendAsync("PATCH", address, SomeBytes), HttpStatusCode.BadRequest, "invalid-upload-offset");
        await RefusedAsync(tus.PatchAsync(address, 0, [.. SomeBytes, .. SomeBytes]), HttpStatusCode.RequestEntityTooLarge, "upload-too-long");
        await RefusedAsync(tus.PatchAsync("/uploads/..%2F..%2Fproduct", 0, SomeBytes), HttpStatusCode.NotFound, "unknown-upload");
        (await tus.OffsetAsync(address)).ShouldBe(0);
    }

    [Fact]
    public async Task Upload_OfOneKey_IsGoneOnWithByItsTicketsOnly()
    {
        using var tus = new TusClient(host.Client());
        var file = Campaigns();
        var address = await tus.CreateAsync(file.Length, "campaign_desc.csv");

        using var nobody = new TusClient(host.Client(key: null));
        await RefusedAsync(nobody.PatchAsync(address, 0, file), HttpStatusCode.Unauthorized, code: null);
        using var reader = new TusClient(host.Client(IngestionHost.ReadKey));
        await RefusedAsync(reader.PatchAsync(address, 0, file), HttpStatusCode.Forbidden, code: null);
        using var other = new TusClient(host.Client(IngestionHost.SecondIngestKey));
        await RefusedAsync(other.PatchAsync(address, 0, file), HttpStatusCode.Forbidden, "other-keys-upload");
        using var otherTicket = new TusClient(await TicketAsync(IngestionHost.SecondIngestKey));
        await RefusedAsync(otherTicket.PatchAsync(address, 0, file), HttpStatusCode.Forbidden, "other-keys-upload");

        using var firstTicket = new TusClient(await TicketAsync(IngestionHost.IngestKey));
        using var secondTicket = new TusClient(await TicketAsync(IngestionHost.IngestKey));
        using var first = await firstTicket.PatchAsync(address, 0, file[..10]);
        using var second = await secondTicket.PatchAsync(address, 10, file[10..]);
        second.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await secondTicket.EndAsync(address)).State.ShouldBe(UploadStates.Completed);
    }

    [Fact]
    public async Task Preflight_OfTheDashboard_IsAllowedWhatTheProtocolNeeds()
    {
        using var client = host.Client(key: null);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/uploads/00000000000000000000000000000000");
        request.Headers.Add("Origin", IngestionHost.Origin);
        request.Headers.Add("Access-Control-Request-Method", "PATCH");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,tus-resumable,upload-offset,upload-checksum");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([IngestionHost.Origin]);
        response.Headers.GetValues("Access-Control-Allow-Methods").Single().ShouldContain("PATCH");
        response.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Upload-Offset", Case.Insensitive);
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> request, HttpStatusCode status, string? code)
    {
        using var response = await request;
        await response.ProblemAsync(status, code);
        response.Headers.GetValues("Tus-Resumable").ShouldBe(["1.0.0"]);
    }

    private async Task<HttpClient> TicketAsync(string key)
    {
        using var issuer = host.Client(key);
        using var response = await issuer.PostAsync(new Uri("/tickets", UriKind.Relative), content: null, TestContext.Current.CancellationToken);
        var ticket = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("ticket").GetString();
        var client = host.Client(key: null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", ticket);
        return client;
    }

    private static byte[] Sha1(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}
