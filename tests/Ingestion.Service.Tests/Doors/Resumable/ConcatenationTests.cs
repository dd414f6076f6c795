using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>Files that come in parts at the same time, and are put together.</summary>
public sealed class ConcatenationTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static readonly string[] Name = [TusClient.Metadata("filename", "campaign_desc.csv")];

    [Fact]
    public async Task Final_OfPartsSentInAnyOrder_IsLoadedAsOneFileInTheOrderNamed()
    {
        using var tus = new TusClient(host.Client());
        var file = Campaigns(300);
        int[] ends = [0, 1_000, 1_001, 1_001, file.Length];
        var parts = await Task.WhenAll(Enumerable.Range(0, 4).Select(part => PartAsync(tus, file[ends[part]..ends[part + 1]])));

        // The parts are whole, and are left alone: a round of the keeper passes before the next one is begun and loaded.
        var other = await FinalAsync(tus, Name, await PartAsync(tus, Campaigns(1)));
        (await tus.EndAsync(other)).State.ShouldBe(UploadStates.Completed);
        foreach (var part in parts)
        {
            (await tus.StateAsync(part)).State.ShouldBe(UploadStates.Part);
        }

        var address = await FinalAsync(tus, [.. Name, TusClient.Metadata("sha256", Hash(file))], [parts[0], $"http://proxy.test/of/it{parts[1]}", parts[2], parts[3]]);
        var ended = await tus.EndAsync(address);

        ended.State.ShouldBe(UploadStates.Completed);
        var load = ended.Loads.ShouldHaveSingleItem().Load;
        (load.Loaded, load.Sha256, ended.Length).ShouldBe((300, Hash(file), file.Length));
        using var head = await tus.SendAsync("HEAD", address);
        head.Headers.GetValues("Upload-Concat").Single().ShouldStartWith("final;/uploads/");
        head.Headers.GetValues("Upload-Length").ShouldBe([$"{file.Length}"]);
        TusClient.Offset(head).ShouldBe(file.Length);

        // Bytes are let go with the load: of the parts too.
        await Eventually.TrueAsync(() => !host.Files().Any(path => Array.Exists(parts, part => path.Contains(part["/uploads/".Length..], StringComparison.Ordinal)) || (path.Contains("/uploads/", StringComparison.Ordinal) && path.Contains("/part-", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Part_ThatIsAFileOfItsOwn_IsNeverLoaded()
    {
        using var tus = new TusClient(host.Client());
        var file = Campaigns(3);
        var part = await PartAsync(tus, file, Name);

        // Whoever comes later is loaded; the part is not.
        var later = await tus.CreateAsync(Campaigns(2).Length, "campaign_desc.csv");
        using var patched = await tus.PatchAsync(later, 0, Campaigns(2));
        await tus.EndAsync(later);
        (await tus.StateAsync(part)).State.ShouldBe(UploadStates.Part);
        await using var catalog = host.Catalog();
        var sha256 = Hash(file);
        (await catalog.Loads.AnyAsync(load => load.Sha256 == sha256, TestContext.Current.CancellationToken)).ShouldBeFalse();
        using var head = await tus.SendAsync("HEAD", part);
        head.Headers.GetValues("Upload-Concat").ShouldBe(["partial"]);
    }

    [Fact]
    public async Task Final_AskedForAgain_IsTheSameUpload()
    {
        using var tus = new TusClient(host.Client());
        var file = Campaigns(4);
        string[] parts = [await PartAsync(tus, file[..50]), await PartAsync(tus, file[50..])];
        var first = await FinalAsync(tus, Name, parts);
        var again = await FinalAsync(tus, Name, parts);
        await tus.EndAsync(first);
        var afterIts = await FinalAsync(tus, Name, parts);

        again.ShouldBe(first);
        afterIts.ShouldBe(first);
        (await tus.StateAsync(first)).Loads.ShouldHaveSingleItem().IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task Final_OfPartsOfAnArchive_IsABatch()
    {
        using var tus = new TusClient(host.Client());
        var zip = Zip.Of(("product.csv", Csv.File(Csv.ProductHeader, Csv.Product())), ("campaign_desc.csv", Encoding.UTF8.GetString(Campaigns(2))));
        var address = await FinalAsync(tus, [TusClient.Metadata("filename", "panel.zip")], await PartAsync(tus, zip[..40]), await PartAsync(tus, zip[40..]));

        var ended = await tus.EndAsync(address);
        ended.State.ShouldBe(UploadStates.Completed);
        ended.Loads.Select(load => load.Load.Loaded).ShouldBe([1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task Part_ThatNothingCameForALifetime_IsRemovedThoughItIsWhole()
    {
        using var tus = new TusClient(host.Client());
        var part = await PartAsync(tus, Campaigns(1));
        var folder = Path.Combine(host.Lake, "_staging", "uploads", part["/uploads/".Length..]);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "data"), DateTime.UtcNow.AddDays(-2));

        await Eventually.TrueAsync(() => !Directory.Exists(folder));
        await RefusedAsync(TryFinalAsync(tus, Name, part), HttpStatusCode.NotFound, "unknown-upload");
    }

    [Fact]
    public async Task Final_ThatIsWrong_SaysHow()
    {
        using var tus = new TusClient(host.Client());
        var whole = await PartAsync(tus, Campaigns(1));
        var ordinary = await tus.CreateAsync(100, "campaign_desc.csv");
        var begun = await BeginPartAsync(tus, 100);
        using var some = await tus.PatchAsync(begun, 0, new byte[40]);

        var unfinished = await RefusedAsync(TryFinalAsync(tus, Name, whole, begun), HttpStatusCode.Conflict, "unfinished-part");
        unfinished.ShouldContain("40 of 100 bytes");
        await RefusedAsync(TryFinalAsync(tus, Name, whole, ordinary), HttpStatusCode.BadRequest, "not-a-partial-upload");
        await RefusedAsync(TryFinalAsync(tus, Name, "/uploads/00000000000000000000000000000000"), HttpStatusCode.NotFound, "unknown-upload");
        await RefusedAsync(TryFinalAsync(tus, [TusClient.Metadata("filename", "holiday.csv")], whole), HttpStatusCode.UnprocessableEntity, "unknown-dataset");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: [("Upload-Concat", "final;"), ("Upload-Metadata", Name[0])]), HttpStatusCode.BadRequest, "invalid-upload-concat");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: [("Upload-Concat", "final; https://elsewhere.test/x"), ("Upload-Metadata", Name[0])]), HttpStatusCode.BadRequest, "invalid-upload-concat");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: [("Upload-Concat", "parts"), ("Upload-Length", "5"), ("Upload-Metadata", Name[0])]), HttpStatusCode.BadRequest, "invalid-upload-concat");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", headers: [("Upload-Concat", $"final;{whole}"), ("Upload-Length", "5"), ("Upload-Metadata", Name[0])]), HttpStatusCode.BadRequest, "invalid-upload-length");
        await RefusedAsync(tus.SendAsync("POST", "/uploads", [1], headers: [("Upload-Concat", $"final;{whole}"), ("Upload-Metadata", Name[0])]), HttpStatusCode.Forbidden, "final-upload");
        using var other = new TusClient(host.Client(IngestionHost.SecondIngestKey));
        await RefusedAsync(TryFinalAsync(other, Name, whole), HttpStatusCode.Forbidden, "other-keys-upload");
        var address = await FinalAsync(tus, Name, whole);
        await RefusedAsync(tus.PatchAsync(address, 0, [1]), HttpStatusCode.Forbidden, "final-upload");
    }

    [Fact]
    public async Task Final_OfPartsThatAreTooMuchTogether_IsAnsweredWith413()
    {
        using var tus = new TusClient(host.Client());
        var part = await PartAsync(tus, new byte[11_000_000]);
        using var response = await TryFinalAsync(tus, Name, part, part);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        response.Headers.GetValues("Tus-Max-Size").ShouldBe(["20000000"]);
        using var deleted = await tus.SendAsync("DELETE", part);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Patch_WithContentEncoding_IsAnsweredWith415()
    {
        using var tus = new TusClient(host.Client());
        var address = await tus.CreateAsync(100, "campaign_desc.csv");

        await RefusedAsync(tus.PatchAsync(address, 0, [1, 2, 3], ("Content-Encoding", "gzip")), HttpStatusCode.UnsupportedMediaType, "unsupported-content-type");
        (await tus.OffsetAsync(address)).ShouldBe(0);
    }

    private static byte[] Campaigns(int rows) => Encoding.UTF8.GetBytes(Csv.File([Csv.CampaignHeader, .. Enumerable.Range(0, rows).Select(_ => Csv.Campaign())]));

    private static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    private static async Task<string> BeginPartAsync(TusClient tus, int length, params string[] metadata)
    {
        // As the protocol's own client sends it: the parts have no metadata unless it is told to.
        (string, string)[] headers = [("Upload-Concat", "partial"), ("Upload-Length", $"{length}"), .. metadata.Select(value => ("Upload-Metadata", value))];
        using var created = await tus.SendAsync("POST", "/uploads", headers: headers);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return created.Headers.Location.ShouldNotBeNull().ToString();
    }

    private static async Task<string> PartAsync(TusClient tus, byte[] bytes, params string[] metadata)
    {
        var address = await BeginPartAsync(tus, bytes.Length, metadata);
        using var patched = await tus.PatchAsync(address, 0, bytes, ("Upload-Concat", "partial"));
        patched.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        TusClient.Offset(patched).ShouldBe(bytes.Length);
        return address;
    }

    private static Task<HttpResponseMessage> TryFinalAsync(TusClient tus, string[] metadata, params string[] parts) =>
        tus.SendAsync("POST", "/uploads", headers: [("Upload-Concat", $"final;{string.Join(' ', parts)}"), ("Upload-Metadata", string.Join(',', metadata))]);

    private static async Task<string> FinalAsync(TusClient tus, string[] metadata, params string[] parts)
    {
        using var created = await TryFinalAsync(tus, metadata, parts);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return created.Headers.Location.ShouldNotBeNull().ToString();
    }

    private static async Task<string> RefusedAsync(Task<HttpResponseMessage> request, HttpStatusCode status, string code)
    {
        using var response = await request;
        return (await response.ProblemAsync(status, code)).GetProperty("detail").GetString() ?? "";
    }
}
