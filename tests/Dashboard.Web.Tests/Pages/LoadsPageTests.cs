using System.Text.Json;
using Bunit;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Components.Loads;
using Dunnhumby.Dashboard.Web.Components.Pages;
using Dunnhumby.Dashboard.Web.Tests.Stubs;
using Dunnhumby.Dashboard.Web.Uploads;

namespace Dunnhumby.Dashboard.Web.Tests.Pages;

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
