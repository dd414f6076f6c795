using System.Net;
using System.Text;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Doors.Resumable;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>One rule says which data set a file is of, through whatever door it comes.</summary>
public sealed class FileNameTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Theory]
    [InlineData("coupon.csv", "coupon")]
    [InlineData(" COUPON.CSV.GZ ", "coupon")]
    [InlineData("coupon-2026-11-24.csv", "coupon")]
    [InlineData("coupon.2026.csv.zst", "coupon")]
    [InlineData("coupon_2026.csv", "coupon")]
    [InlineData("coupon (1).csv", "coupon")]
    [InlineData("coupon2.csv", "coupon")]
    [InlineData("coupon_redempt-2.csv.gz", "coupon_redempt")]
    [InlineData("data/2026/Product.csv", "product")]
    [InlineData("data\\2026\\Product.csv", "product")]
    [InlineData("transaction_data.csv/part-00000-5f2c-c000.csv", "transaction_data")]
    [InlineData("lake/transaction_data/part-00000-5f2c-c000.csv.gz", "transaction_data")]
    [InlineData("coupon_of_today.csv", null)]
    [InlineData("coupons.csv", null)]
    [InlineData("my coupon.csv", null)]
    [InlineData("coupon.txt", null)]
    [InlineData("coupon", null)]
    [InlineData("coupon.csv.zip", null)]
    [InlineData("coupon.csv.bz2", null)]
    [InlineData("part-00000.csv", null)]
    [InlineData("other/part-00000.csv", null)]
    [InlineData("coupon.csv/notes.csv", null)]
    [InlineData("holiday.csv", null)]
    [InlineData("", null)]
    public void DatasetOf_Name_IsTheLongestDatasetItBeginsWith(string path, string? expected) => DatasetFiles.DatasetOf(path).ShouldBe(expected);

    [Theory]
    [InlineData("campaign_desc-2026-11-24.csv")]
    [InlineData("Campaign_Desc (2).csv")]
    [InlineData("campaign_desc_2.csv")]
    public async Task File_OfANameWithAMark_IsLoadedThroughEveryDoor(string name)
    {
        using var tus = new TusClient(host.Client());
        byte[] File() => Encoding.UTF8.GetBytes(Csv.File(Csv.CampaignHeader, Csv.Campaign()));
        var file = File();
        var address = await tus.CreateAsync(file.Length, name);
        using var patched = await tus.PatchAsync(address, 0, file);
        (await tus.EndAsync(address)).Loads.ShouldHaveSingleItem().Load.Dataset.ShouldBe("campaign_desc");

        using var client = host.Client();
        using var zip = new ByteArrayContent(Zip.Of(($"some folder/{name}", File())));
        using var batch = await client.PostAsync(new Uri("/loads", UriKind.Relative), zip, TestContext.Current.CancellationToken);
        batch.StatusCode.ShouldBe(HttpStatusCode.Created, await batch.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        await System.IO.File.WriteAllBytesAsync(Path.Combine(host.WatchFolder, name), File(), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => System.IO.File.Exists(Path.Combine(host.WatchFolder, "done", name)));
    }

    [Fact]
    public async Task Archive_OfAFolderThatSparkWrote_IsLoaded()
    {
        var part = Encoding.UTF8.GetBytes(Csv.File(Csv.CampaignHeader, Csv.Campaign(), Csv.Campaign()));
        using var client = host.Client();
        using var zip = new ByteArrayContent(Zip.Of(
            ("out/campaign_desc.csv/_SUCCESS", []),
            ("out/campaign_desc.csv/._SUCCESS.crc", [1]),
            ("out/campaign_desc.csv/.part-00000-5f2c-c000.csv.crc", [1, 2]),
            ("out/campaign_desc.csv/part-00000-5f2c-c000.csv", part)));
        using var response = await client.PostAsync(new Uri("/loads", UriKind.Relative), zip, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var batch = System.Text.Json.JsonSerializer.Deserialize<Batch>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), System.Text.Json.JsonSerializerOptions.Web).ShouldNotBeNull();
        batch.Files.ShouldHaveSingleItem().Load.ShouldNotBeNull().Loaded.ShouldBe(2);
    }

    /// <summary>Baskets may be parted between them, so that each alone is no file of its own.</summary>
    [Fact]
    public async Task Archive_OfSeveralPartsThatSparkWrote_IsRefusedAndSaysHowToWriteOne()
    {
        using var client = host.Client();
        using var zip = new ByteArrayContent(Zip.Of(("transaction_data.csv/part-00000.csv", "x"), ("transaction_data.csv/part-00001.csv", "y")));
        using var response = await client.PostAsync(new Uri("/loads", UriKind.Relative), zip, TestContext.Current.CancellationToken);

        (await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "duplicate-dataset")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("coalesce(1)");
    }
}
