using Bunit;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Components.Layout;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Components.Layout;

public sealed class StaleNoticeTests : PageContext
{
    [Fact]
    public void Notice_EverythingFresh_IsNotThere()
    {
        AnswerVersion(7);

        Render<StaleNotice>().FindAll("[data-testid=stale]").ShouldBeEmpty();
    }

    [Fact]
    public void Notice_StaleTables_SaysWhichWhySinceWhenAndWhatToDo()
    {
        Insights.Answer("/version", Sample.StaleVersion, "\"v7\"");

        var notice = Render<StaleNotice>().WaitForElement("[data-testid=stale]");

        notice.QuerySelector("h2").ShouldNotBeNull().TextContent.ShouldBe("Some figures are out of date");
        var causes = notice.QuerySelectorAll("[data-testid=stale-cause]");
        causes.Length.ShouldBe(2, "The two campaign tables fail for the same reason.");
        string.Join(' ', causes[0].QuerySelectorAll("p, summary, pre").Select(part => Words(part.TextContent))).ShouldBe(
            "Daily sales of campaigns, campaigns: shown as of version 5, 2026-01-05 10:00:00 UTC. A sum is too large. "
            + "Suspected: load 17 (campaign_desc). Open it to withdraw it; then correct the file and upload it again. The figures follow within seconds. "
            + "Not in these figures: load 17 (campaign_desc), load 18. Withdrawn, but still in these figures: load 3. "
            + "What the engine said, for the people who run the service daily_campaign_sales: Out of Range Error campaign_summary: Out of Range Error");
        causes[0].QuerySelector("a").ShouldNotBeNull().GetAttribute("href").ShouldBe("/loads/17");
        causes[0].QuerySelector("details").ShouldNotBeNull().HasAttribute("open").ShouldBeFalse();
        causes[1].TextContent.ShouldContain("Orphans: there are no figures yet.");
        causes[1].TextContent.ShouldContain("No later load explains it");
    }

    [Fact]
    public async Task Notice_RunFailsWhileThePageIsOpen_AppearsAndGoesWithTheNextVersion()
    {
        AnswerVersion(7);
        await Feed.SetAsync(7);
        var notice = Render<StaleNotice>();

        var failed = new FailedRun(9, Sample.Published, "The database did not take the new version.", "57P01", [4]);
        Insights.Answer("/version", Sample.Version(7) with { FailedRun = failed, StaleTables = [Sample.Stale("household_summary", failed.Reason, [4], [])] }, "\"v7.r9\"");
        await Feed.SetAsync(7, failedRun: 9);

        notice.WaitForElement("[data-testid=stale]").QuerySelector("h2").ShouldNotBeNull().TextContent.ShouldBe("The figures are out of date: run 9 failed");

        AnswerVersion(8);
        await Feed.SetAsync(8);

        notice.WaitForState(() => notice.FindAll("[data-testid=stale]").Count == 0);
    }

    [Fact]
    public void Notice_FirstRunFailed_SaysThatThereAreNoFigures()
    {
        Insights.Answer("/version", Sample.NoVersion with { FailedRun = new FailedRun(1, Sample.Published, "A file of the lake cannot be read.", "IO Error", [1, 2]) }, "\"v0.r1\"");

        var notice = Render<StaleNotice>().WaitForElement("[data-testid=stale]");

        notice.QuerySelector("h2").ShouldNotBeNull().TextContent.ShouldBe("There are no figures: the run that should compute them failed");
        notice.QuerySelectorAll("[data-testid=stale-suspects] a").Select(link => link.GetAttribute("href")).ShouldBe(["/loads/1", "/loads/2"]);
    }

    private static string Words(string text) => string.Join(' ', text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
