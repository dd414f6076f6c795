using System.Net;
using Bunit;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Formatting;
using Dunnhumby.Dashboard.Web.Overview;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Overview;

public sealed class OverviewPageTests : PageContext
{
    [Fact]
    public void Overview_ServiceThinks_ShowsLoadingThenFigures()
    {
        AnswerAll();
        Insights.Gate = new TaskCompletionSource();

        var page = Render<OverviewPage>();

        page.Find("[data-testid=state-loading]").TextContent.ShouldContain("Loading");
        Insights.Gate.SetResult();
        page.WaitForElement("[data-testid=figures]");
        page.FindAll("[data-testid=state-loading]").ShouldBeEmpty();
    }

    [Fact]
    public void Overview_Data_AddsUpAndSaysSo()
    {
        AnswerAll();

        var page = Render<OverviewPage>();

        page.WaitForElement("[data-testid=figures]");
        page.Find("[data-testid=figure-sales]").TextContent.ShouldBe("$350.75"); // 100.50 + 200.25 + 50.00
        page.Find("[data-testid=figure-baskets]").TextContent.ShouldBe("35");
        page.Find("[data-testid=figure-lines]").TextContent.ShouldBe("105");
        page.Find("[data-testid=figure-households]").TextContent.ShouldBe("2,262");
        page.Find("[data-testid=sales-by-day-summary]").TextContent.ShouldContain("most on Fri 2004-12-24 · DAY 277 with $200.25");
        page.Find("[data-testid=notices]").TextContent.ShouldContain("Lines of unknown products");
        page.Find("[data-testid=notices]").TextContent.ShouldNotContain("outside the days");
        page.Find("[data-testid=notices-zero]").TextContent.ShouldBe("1 further check found nothing.");
        page.Find("[data-testid=freshness]").TextContent.ShouldContain("published 3 minutes ago");
    }

    [Fact]
    public void Overview_ChristmasInRange_IsMarkedByItsDate()
    {
        AnswerAll();

        var page = Render<OverviewPage>();

        page.WaitForElement(".mark-label").TextContent.ShouldBe("Christmas");
        // The day without sales is in the chart all the same.
        page.FindAll(".day-chart .hits rect").Select(rect => rect.GetAttribute("data-tip")).ShouldContain(tip => tip == "Sat 2004-12-25 · DAY 278|$0.00");
    }

    [Fact]
    public void Overview_TableTwin_OpensWithTheSameFigures()
    {
        AnswerAll();
        var page = Render<OverviewPage>();
        var toggle = page.WaitForElement("[data-testid=sales-by-day-table-toggle]");
        toggle.GetAttribute("aria-expanded").ShouldBe("false");

        toggle.Click();

        page.Find("[data-testid=sales-by-day-table-toggle]").GetAttribute("aria-expanded").ShouldBe("true");
        page.WaitForAssertion(() => page.Find("#sales-by-day-table").TextContent.ShouldContain("$200.25"));
    }

    [Fact]
    public void Overview_NothingPublished_SaysWhichFilesAreMissing()
    {
        AnswerVersion(0);
        Ingestion.Answer("/datasets", Sample.Datasets(DatasetNames.Products));

        var page = Render<OverviewPage>();

        page.WaitForElement("[data-testid=state-empty]");
        page.WaitForAssertion(() => page.Find("[data-testid=empty-file-product]").TextContent.ShouldContain("loaded"));
        page.Find("[data-testid=empty-file-transaction_data]").TextContent.ShouldContain("missing");
        page.FindAll("[data-testid^=empty-file-]").Count.ShouldBe(8);
    }

    [Fact]
    public void Overview_ServiceAway_SaysWhatToDoAndTriesAgain()
    {
        Insights.Unreachable = true;
        var page = Render<OverviewPage>();
        page.WaitForElement("[data-testid=state-error]").GetAttribute("data-kind").ShouldBe("Unreachable");

        Insights.Unreachable = false;
        AnswerAll();
        page.Find("[data-testid=retry]").Click();

        page.WaitForElement("[data-testid=figures]");
    }

    [Fact]
    public void Overview_KeyRefused_NamesTheSetting()
    {
        Insights.Refuse("/version", HttpStatusCode.Unauthorized, """{"title":"Unauthorized"}""");

        var page = Render<OverviewPage>();

        page.WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("ApiKeys__read");
    }

    [Fact]
    public void Overview_TablesOnASchedule_SaysHowOldTheyAre()
    {
        AnswerAll();
        Insights.Answer(
            "/version",
            Sample.Version(7) with
            {
                WaitingTables = [new WaitingTable("basket_affinity", 5, Sample.Published, [4], []), new WaitingTable("cohort_retention", ComputedVersion: null, ComputedAt: null, [4], []),
                    new WaitingTable("sales_daily", 5, Sample.Published, [4, 6], []), new WaitingTable("sales_weekly", 5, Sample.Published, [4, 6], [])],
            },
            "\"7\"");

        var waiting = Render<OverviewPage>().WaitForElements("[data-testid=waiting] li");

        waiting[0].TextContent.ShouldContain($"basket_affinity is as it was made {Format.Instant(Sample.Published)}, for version 5.");
        waiting[0].QuerySelector("a").ShouldNotBeNull().GetAttribute("href").ShouldBe("/loads/4");
        waiting[1].TextContent.ShouldContain("cohort_retention has not been made yet.");
        waiting.Count.ShouldBe(3, "Tables that are equally old are told of together.");
        waiting[2].TextContent.ShouldContain("sales_daily, sales_weekly are as they were made");
    }

    private void AnswerAll()
    {
        AnswerVersion(7);
        Insights.Answer("/sales/daily", Sample.StoreDays, "\"7\"");
        Insights.Answer("/campaigns", new[] { Sample.Campaign(9) }, "\"7\"");
    }
}
