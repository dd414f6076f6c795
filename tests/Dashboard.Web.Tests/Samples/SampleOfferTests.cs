using Bunit;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Overview;
using Dunnhumby.Dashboard.Web.Samples;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Samples;

public sealed class SampleOfferTests : PageContext
{
    [Fact]
    public void Start_EmptyDashboard_AsksOnceHoweverOftenItIsPressed()
    {
        var page = RenderEmpty();

        page.Find("[data-testid=sample-start]").Click();

        page.Find("[data-testid=sample]").GetAttribute("data-state").ShouldBe("running");
        page.FindAll("[data-testid=sample-start]").ShouldBeEmpty();
        Samples.Start();
        Samples.Asked.TryRead(out _).ShouldBeTrue();
        Samples.Asked.TryRead(out _).ShouldBeFalse("one run at a time");
    }

    [Fact]
    public async Task Progress_FileIsSent_ShowsWhichAndHowMuch()
    {
        var page = RenderEmpty();

        await Samples.TellAsync(Running(new SampleFile(DatasetNames.Transactions, SampleFileState.Loaded, LoadId: 1), new SampleFile(DatasetNames.Products, SampleFileState.Sending, 43)));

        page.WaitForAssertion(() => page.Find("[data-testid=empty-file-product]").TextContent.ShouldContain("sending, 43 %"));
        page.Find("[data-testid=empty-file-transaction_data]").TextContent.ShouldContain("loaded");
        page.Find("[data-testid=empty-file-coupon]").TextContent.ShouldContain("waiting");
        page.Find("[data-testid=sample-status]").TextContent.ShouldContain("Sending product.csv, 1 of 8");
    }

    [Fact]
    public async Task Stop_WhileRunning_CancelsTheRun()
    {
        var page = RenderEmpty();
        page.Find("[data-testid=sample-start]").Click();
        Samples.Asked.TryRead(out var order).ShouldBeTrue();

        page.Find("[data-testid=sample-stop]").Click();

        order!.Stop.IsCancellationRequested.ShouldBeTrue(); // Read above.
        await Samples.TellAsync(new SampleProgress(SampleState.Stopped, [], Trouble: null, Time.GetUtcNow()));
        page.WaitForElement("[data-testid=sample-start]").TextContent.ShouldBe("Load sample data again");
    }

    [Fact]
    public async Task Trouble_FileRefused_SaysWhatToDoAndOffersAgain()
    {
        var page = RenderEmpty();

        await Samples.TellAsync(new SampleProgress(
            SampleState.Failed,
            [new SampleFile(DatasetNames.Products, SampleFileState.Failed)],
            new Trouble(TroubleKind.Unreachable, "The ingestion service does not answer", "Look at its state and try again."),
            Time.GetUtcNow()));

        page.WaitForElement("[data-testid=sample-error]").TextContent.ShouldContain("Look at its state and try again.");
        page.Find("[data-testid=empty-file-product]").TextContent.ShouldContain("not loaded");
        page.Find("[data-testid=sample-start]").TextContent.ShouldBe("Load sample data again");
    }

    [Fact]
    public async Task Page_VersionOfSomeFilesOnly_GoesOnWatchingUntilAllAreIn()
    {
        var page = RenderEmpty();
        var files = Running(new SampleFile(DatasetNames.Transactions, SampleFileState.Loaded, LoadId: 4), new SampleFile(DatasetNames.Products, SampleFileState.Loaded, LoadId: 5));
        Insights.Answer("/sales/daily", Array.Empty<StoreDay>(), "\"7\"");
        Insights.Answer("/campaigns", Array.Empty<object>(), "\"7\"");

        // Version 7 is made from load 4 alone; version 8 from both.
        AnswerVersion(7);
        await Samples.TellAsync(files with { State = SampleState.Loaded, Files = [.. files.Files.Take(2)], EndedAt = Time.GetUtcNow() });
        await Feed.SetAsync(7);
        page.WaitForAssertion(() => page.Find("[data-testid=sample-status]").TextContent.ShouldContain("being computed"));

        Insights.Answer("/version", Sample.Version(8) with { Loads = [new(4, "", "", 1, Time.GetUtcNow()), new(5, "", "", 1, Time.GetUtcNow())] }, "\"8\"");
        await Feed.SetAsync(8);
        await page.InvokeAsync(Shown.RequestRefreshAsync);
        page.WaitForElement("[data-testid=figures]");
    }

    private IRenderedComponent<OverviewPage> RenderEmpty()
    {
        AnswerVersion(0);
        Ingestion.Answer("/datasets", Sample.Datasets());
        var page = Render<OverviewPage>();
        page.WaitForElement("[data-testid=sample-start]");
        return page;
    }

    private static SampleProgress Running(params SampleFile[] begun) =>
        new(SampleState.Running, [.. begun, .. DatasetNames.All.Except(begun.Select(file => file.Dataset), StringComparer.Ordinal).Select(name => new SampleFile(name))]);
}
