using System.Security.Cryptography;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;

/// <summary>Archives that come in pieces are batches, as those that come in one.</summary>
public sealed class ArchiveTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static string Campaigns => Csv.File(Csv.CampaignHeader, Csv.Campaign(), Csv.Campaign(), Csv.Campaign());

    [Fact]
    public async Task Upload_OfAnArchive_IsLoadedAsOneBatch()
    {
        using var tus = new TusClient(host.Client());
        var zip = Zip.Of(("a/product.csv", Csv.File(Csv.ProductHeader, Csv.Product())), ("CAMPAIGN_DESC.csv", Campaigns));
        var address = await tus.CreateAsync(zip.Length, "panel.zip", TusClient.Metadata("sha256", Convert.ToHexStringLower(SHA256.HashData(zip))));
        using var first = await tus.PatchAsync(address, 0, zip[..50]);
        using var last = await tus.PatchAsync(address, 50, zip[50..]);

        var ended = await tus.EndAsync(address);
        ended.State.ShouldBe(UploadStates.Completed);
        ended.Loads.Select(load => (load.Load.Dataset, load.Load.Loaded)).ShouldBe([("product", 1), ("campaign_desc", 3)], ignoreOrder: true);
        ended.Loads.Select(load => load.Load.BatchId.ShouldNotBeNull()).Distinct().ShouldHaveSingleItem();
        ended.Batch.ShouldNotBeNull().Files.Select(file => file.Path).ShouldBe(["a/product.csv", "CAMPAIGN_DESC.csv"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("not-an-archive")]
    [InlineData("digest-mismatch")]
    [InlineData("batch-failed")]
    public async Task Upload_OfAFaultyArchive_IsRefusedWithItsProblem(string code)
    {
        using var tus = new TusClient(host.Client());
        var zip = code is "not-an-archive" ? Encoding.UTF8.GetBytes(Campaigns) : Zip.Of(("product.csv", "not,a,product\n"));
        string[] metadata = code is "digest-mismatch" ? [TusClient.Metadata("sha256", new string('a', 64))] : [];
        var address = await tus.CreateAsync(zip.Length, "panel.zip", metadata);
        using var patched = await tus.PatchAsync(address, 0, zip);

        var ended = await tus.EndAsync(address);
        ended.State.ShouldBe(UploadStates.Refused);
        ended.Problem.ShouldNotBeNull().GetProperty("type").GetString().ShouldBe($"urn:dunnhumby:problem:{code}");
    }
}
