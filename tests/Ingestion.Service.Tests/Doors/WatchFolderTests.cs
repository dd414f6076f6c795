using System.Text.Json;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.TestSupport;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

/// <summary>Files that are dropped into a folder.</summary>
public sealed class WatchFolderTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Fact]
    public async Task File_OfADataset_IsLoadedAndFiledWithItsReport()
    {
        var csv = Csv.File(Csv.CampaignHeader, Csv.Campaign(), Csv.Campaign());
        await DropAsync("Campaign_Desc.CSV", csv);
        var report = await ReportAsync("done", "Campaign_Desc.CSV");

        report.GetProperty("outcome").GetString().ShouldBe("loaded");
        report.GetProperty("loads")[0].GetProperty("load").GetProperty("loaded").GetInt64().ShouldBe(2);
        report.GetProperty("loads")[0].GetProperty("load").GetProperty("fileName").GetString().ShouldBe("Campaign_Desc.CSV");
        File.Exists(Path.Combine(host.WatchFolder, "Campaign_Desc.CSV")).ShouldBeFalse();

        // The same bytes under another name, the name taken before: nothing is loaded, nothing overwritten.
        await DropAsync("Campaign_Desc.CSV", csv);
        var again = await ReportAsync("done", "Campaign_Desc-2.CSV");
        again.GetProperty("outcome").GetString().ShouldBe("known");
        again.GetProperty("loads")[0].GetProperty("load").GetProperty("id").GetInt64().ShouldBe(report.GetProperty("loads")[0].GetProperty("load").GetProperty("id").GetInt64());
        // The lock goes last.
        await Eventually.TrueAsync(() => Directory.GetFiles(Path.Combine(host.WatchFolder, "working")).Length == 0);
    }

    [Fact]
    public async Task File_ThatIsFaultyOrOfNoDataset_IsFiledAsFailedWithTheProblem()
    {
        await DropAsync("campaign_desc.2026.csv", "DESCRIPTION,CAMPAIGN\nTypeA,1\n");
        await DropAsync("product_of_the_month.csv", "anything\n");
        await DropAsync("coupon.csv", "");

        (await ReportAsync("failed", "campaign_desc.2026.csv")).GetProperty("problem").GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        (await ReportAsync("failed", "product_of_the_month.csv")).GetProperty("problem").GetProperty("type").GetString().ShouldBe("urn:dunnhumby:problem:unknown-dataset");
        (await ReportAsync("failed", "coupon.csv")).GetProperty("outcome").GetString().ShouldBe("refused");
    }

    [Fact]
    public async Task File_OfAnUnfinishedCopyOrALink_StaysWhereItIs()
    {
        var csv = Csv.File(Csv.ProductHeader, Csv.Product());
        string[] left = ["product.csv.part", ".product.csv", "product.csv.tmp", "notes.txt"];
        foreach (var name in left)
        {
            await DropAsync(name, csv);
        }

        var outside = Path.Combine(host.Lake, "outside.csv");
        await File.WriteAllTextAsync(outside, csv, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(host.WatchFolder, "product.csv"), outside);

        // One that is taken, dropped last: when it is done, the others have been passed over.
        await DropAsync("product-last.csv", Csv.File(Csv.ProductHeader, Csv.Product()));
        await ReportAsync("done", "product-last.csv");

        Directory.GetFiles(host.WatchFolder).Select(Path.GetFileName).ShouldBe([.. left, "product.csv"], ignoreOrder: true);
        File.Delete(Path.Combine(host.WatchFolder, "product.csv"));
        File.Move(Path.Combine(host.WatchFolder, "product.csv.part"), Path.Combine(host.WatchFolder, "product.csv"));
        (await ReportAsync("done", "product.csv")).GetProperty("outcome").GetString().ShouldBe("loaded");
    }

    [Fact]
    public async Task File_ThatWasInWorkWhenTheProcessDied_IsFinished()
    {
        var csv = Csv.File(Csv.CampaignHeader, Csv.Campaign());
        var load = await host.LoadAsync("campaign_desc", csv);

        // As a crash between the commit and the move leaves it.
        await File.WriteAllTextAsync(Path.Combine(host.WatchFolder, "working", "campaign_desc-crash.csv"), csv, TestContext.Current.CancellationToken);

        var report = await ReportAsync("done", "campaign_desc-crash.csv");
        report.GetProperty("outcome").GetString().ShouldBe("known");
        report.GetProperty("loads")[0].GetProperty("load").GetProperty("id").GetInt64().ShouldBe(load.Id);
    }

    [Fact]
    public async Task Archive_OfSeveralDatasets_IsLoadedAsOneBatch()
    {
        var zip = Zip.Of(("in/Product.csv", Csv.File(Csv.ProductHeader, Csv.Product())), ("campaign_desc.csv", Csv.File(Csv.CampaignHeader, Csv.Campaign())));
        await DropAsync("Panel.ZIP", zip);
        var report = await ReportAsync("done", "Panel.ZIP");

        report.GetProperty("outcome").GetString().ShouldBe("loaded");
        var loads = report.GetProperty("loads").EnumerateArray().Select(load => load.GetProperty("load")).ToList();
        loads.Select(load => load.GetProperty("dataset").GetString()).ShouldBe(["campaign_desc", "product"], ignoreOrder: true);
        loads.Select(load => load.GetProperty("batchId").GetInt64()).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Archive_OfWhichAPartIsFaulty_IsFiledAsFailedWithWhatWasLoaded()
    {
        var zip = Zip.Of(("product.csv", "not,a,product\n"), ("campaign_desc.csv", Csv.File(Csv.CampaignHeader, Csv.Campaign())));
        await DropAsync("half.zip", zip);
        var report = await ReportAsync("failed", "half.zip");

        report.GetProperty("problem").GetProperty("type").GetString().ShouldBe("urn:dunnhumby:problem:batch-partial");
        report.GetProperty("loads")[0].GetProperty("load").GetProperty("dataset").GetString().ShouldBe("campaign_desc");
    }

    [Fact]
    public async Task Archive_ThatIsNone_IsFiledAsFailed()
    {
        await DropAsync("torn.zip", Csv.File(Csv.CampaignHeader, Csv.Campaign()));

        (await ReportAsync("failed", "torn.zip")).GetProperty("problem").GetProperty("type").GetString().ShouldBe("urn:dunnhumby:problem:not-an-archive");
    }

    private async Task DropAsync(string name, byte[] content) =>
        await File.WriteAllBytesAsync(Path.Combine(host.WatchFolder, name), content, TestContext.Current.CancellationToken);

    private async Task DropAsync(string name, string content) =>
        await File.WriteAllTextAsync(Path.Combine(host.WatchFolder, name), content, TestContext.Current.CancellationToken);

    private async Task<JsonElement> ReportAsync(string folder, string name)
    {
        var path = Path.Combine(host.WatchFolder, folder, name);
        await Eventually.TrueAsync(() => File.Exists(path));
        return JsonDocument.Parse(await File.ReadAllTextAsync(path + ".json", TestContext.Current.CancellationToken)).RootElement;
    }
}
