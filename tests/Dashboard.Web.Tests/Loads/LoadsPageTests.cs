using System.Text.Json;
using Bunit;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Loads;
using Dunnhumby.Dashboard.Web.Loads.Uploads;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Loads;

public sealed class LoadsPageTests : PageContext
{
    public LoadsPageTests()
    {
        Ingestion.Answer("/datasets", Sample.Datasets(DatasetNames.Products, DatasetNames.Coupons));
        Ingestion.Answer("/loads?limit=25", new Page<Load>([Sample.Load(2), Sample.Load(1, LoadStates.Failed)], Next: "1"));
        Ingestion.Answer("/tickets", new UploadTicket("a-ticket", Sample.Published));
    }

    [Fact]
    public void Loads_SixMissing_SaysWhichAndListsTheHistory()
    {
        var page = Render<LoadsPage>();

        page.WaitForElement("[data-testid=datasets-summary]").TextContent.ShouldBe("6 of 8 are missing.");
        page.Find("[data-testid=dataset-causal_data]").TextContent.ShouldContain("upload causal_data.csv");
        page.Find("[data-testid=load-1]").GetAttribute("data-state").ShouldBe("failed");
        page.Find("[data-testid=next-page]").GetAttribute("href").ShouldBe("/loads?after=1");
    }

    [Fact]
    public void Loads_ServiceAway_SaysSo()
    {
        Ingestion.Unreachable = true;

        Render<LoadsPage>().WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("The ingestion service does not answer");
    }

    [Fact]
    public async Task Upload_File_IsSentByTheBrowserWithATicket()
    {
        var browser = JSInterop.SetupModule("./uploads.js");
        browser.Mode = JSRuntimeMode.Loose;
        var sent = browser.Setup<UploadOutcome>("send", _ => true);
        var panel = Render<UploadPanel>();
        await panel.InvokeAsync(() => panel.Instance.ChooseAsync([new ChosenFile(3, "product.csv.gz", 1_000)]));
        panel.Find("[data-testid=upload-dataset]").GetAttribute("value").ShouldBe("product");

        var start = panel.Find("[data-testid=upload-start]").ClickAsync(new());
        await panel.InvokeAsync(() => panel.Instance.ProgressAsync(3, 250));

        panel.WaitForAssertion(() => panel.Find("[data-testid=upload-status]").TextContent.ShouldBe("sending, 25 %"));
        var arguments = sent.Invocations.ShouldHaveSingleItem().Arguments;
        arguments.Take(3).ShouldBe([3, "http://localhost:5101/loads/product", "a-ticket"]);

        sent.SetResult(new UploadOutcome(201, JsonSerializer.Serialize(Sample.Load(9), JsonSerializerOptions.Web), Cancelled: false));
        await start;

        panel.Find("[data-testid=upload-status]").TextContent.ShouldBe("loaded");
        panel.Find("[data-testid=upload-outcome]").TextContent.ShouldContain("100 read = 97 loaded + 2 quarantined + 1 deduplicated");
    }

    [Fact]
    public void Loads_UploadUnderWay_ShowsItsSpeedAndEstimatedEnd()
    {
        var running = new RunningLoad(
            17, DatasetNames.Causal, LoadStates.Running, FileName: null, BatchId: null, Sample.Published, 50_000_000, 200_000_000, 2_500_000, 3, 500_000, 10_000_000, Sample.Published.AddSeconds(20), Sample.Published.AddSeconds(5));
        Ingestion.Answer("/loads?state=running", new Page<RunningLoad>([running], Next: null));

        var page = Render<LoadsPage>();

        var said = page.WaitForElement("[data-testid=running-17] [data-testid=running-said]").QuerySelectorAll("span").Select(part => part.TextContent);
        said.ShouldBe(["50.0 MB of 200.0 MB", "2,500,000 rows", "500,000 rows/s", "3 quarantined", "about 15 s left"]);
        page.Find("[data-testid=running-17] [role=progressbar]").GetAttribute("aria-valuenow").ShouldBe("25");
    }

    [Theory]
    [InlineData(1_000, "send", "http://localhost:5101/loads")]
    [InlineData(100_000_000, "sendResumable", "http://localhost:5101/uploads")]
    public async Task Upload_ArchiveLoadedInPart_ShowsEachFileAndTheProblem(long size, string way, string address)
    {
        var browser = JSInterop.SetupModule("./uploads.js");
        browser.Mode = JSRuntimeMode.Loose;
        var sent = browser.Setup<UploadOutcome>(way, _ => true);
        var panel = Render<UploadPanel>();
        await panel.InvokeAsync(() => panel.Instance.ChooseAsync([new ChosenFile(4, "journey.ZIP", size)]));
        var start = panel.Find("[data-testid=upload-start]").ClickAsync(new());
        panel.WaitForAssertion(() => sent.Invocations.ShouldHaveSingleItem().Arguments[1].ShouldBe(address));
        var batch = new Batch(3, BatchStates.Partial, Sample.Published, Sample.Published,
        [
            new BatchFile("a/transaction_data.csv", DatasetNames.Transactions, UploadOutcomes.Created, Sample.Load(9), Problem: null),
            new BatchFile("a/coupon.csv", DatasetNames.Coupons, UploadOutcomes.Refused, Load: null, JsonSerializer.SerializeToElement(new { detail = "CAMPAIGN is missing." })),
        ]);
        var problem = new { title = "A part of the archive was not loaded", detail = "1 of 2 data sets are loaded.", batch };
        sent.SetResult(new UploadOutcome(422, JsonSerializer.Serialize(problem, JsonSerializerOptions.Web), Cancelled: false));
        await start;

        panel.Find("li[data-testid=upload-archive]").GetAttribute("data-state").ShouldBe("failed");
        panel.Find("[data-testid=upload-status]").TextContent.ShouldBe("loaded in part");
        panel.Find("[data-testid=upload-error]").TextContent.ShouldContain("A part of the archive was not loaded");
        var files = panel.FindAll("[data-testid=batch-files] li");
        files[0].TextContent.ShouldContain("loaded: 97 rows");
        files[1].TextContent.ShouldContain("not loaded. CAMPAIGN is missing.");
    }

    [Fact]
    public async Task Upload_LargeFile_GoesInPiecesAndCanBePaused()
    {
        var browser = JSInterop.SetupModule("./uploads.js");
        browser.Mode = JSRuntimeMode.Loose;
        var sent = browser.Setup<UploadOutcome>("sendResumable", _ => true);
        var panel = Render<UploadPanel>();
        await panel.InvokeAsync(() => panel.Instance.RecallAsync([new UnfinishedUpload("weekly.csv", "causal_data")]));
        panel.Find("[data-testid=upload-unfinished]").TextContent.ShouldContain("weekly.csv");
        await panel.InvokeAsync(() => panel.Instance.ChooseAsync([new ChosenFile(4, "weekly.csv", 100_000_000)]));

        var start = panel.Find("[data-testid=upload-start]").ClickAsync(new());
        await panel.InvokeAsync(() => panel.Instance.ProgressAsync(4, 40_000_000));
        sent.Invocations.ShouldHaveSingleItem().Arguments.Take(4).ShouldBe([4, "http://localhost:5101/uploads", "causal_data", "a-ticket"]);

        await panel.InvokeAsync(() => panel.Instance.InterruptedAsync(4));
        panel.Find("[data-testid=upload-status]").TextContent.ShouldBe("connection lost at 40 %; trying again");
        await panel.Find("[data-testid=upload-pause]").ClickAsync(new());
        await panel.InvokeAsync(() => panel.Instance.ProgressAsync(4, 41_000_000));
        panel.Find("[data-testid=upload-status]").TextContent.ShouldBe("paused at 40 %");
        await panel.Find("[data-testid=upload-resume]").ClickAsync(new());
        browser.VerifyInvoke("resume");
        (await panel.Instance.RenewTicketAsync()).ShouldBe("a-ticket");

        sent.SetResult(new UploadOutcome(201, JsonSerializer.Serialize(Sample.Load(9), JsonSerializerOptions.Web), Cancelled: false));
        await start;
        panel.Find("[data-testid=upload-status]").TextContent.ShouldBe("loaded");
    }

    [Fact]
    public async Task Upload_UnknownName_WaitsForItsDataset()
    {
        JSInterop.SetupModule("./uploads.js").Mode = JSRuntimeMode.Loose;
        var panel = Render<UploadPanel>();

        await panel.InvokeAsync(() => panel.Instance.ChooseAsync([new ChosenFile(1, "export.csv", 10)]));

        panel.Find("[data-testid=upload-start]").HasAttribute("disabled").ShouldBeTrue();
        await panel.Find("[data-testid=upload-dataset]").ChangeAsync(new() { Value = "coupon" });
        panel.WaitForAssertion(() => panel.Find("[data-testid=upload-start]").HasAttribute("disabled").ShouldBeFalse());
    }
}
