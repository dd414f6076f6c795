using System.Net;
using Bunit;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Runs;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Dashboard.Web.Formatting;
using Dunnhumby.Dashboard.Web.Runs;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Runs;

public sealed class RunsPageTests : PageContext
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public void Runs_FailedAndPublished_ShowsErrorDurationAndTrace()
    {
        Transform.Answer("/runs?limit=25", new Page<Run>([Failed(9), Published(8)], Next: "8"));

        var page = Render<RunsPage>();

        page.WaitForElement("[data-testid=run-9] [data-testid=run-error]").TextContent.ShouldBe("Two scores are outside 1 to 5.");
        // Started 1 s and finished 2.5 s after the request.
        page.Find("[data-testid=run-8]").TextContent.ShouldContain("1.50 s");
        page.Find("[data-testid=run-8] [data-testid=trace-link]").GetAttribute("href").ShouldBe($"http://localhost:15100/traces/detail/{TraceId}");
        page.FindAll("[data-testid=run-9] [data-testid=trace-link]").ShouldBeEmpty();
        page.Find("[data-testid=next-page]").GetAttribute("href").ShouldBe("/runs?after=8");
    }

    [Fact]
    public void Runs_PartlyFailed_ShowsTablesAndLoadsAndFoldsTheEnginesText()
    {
        var partial = Published(10) with { State = "partial", Error = "A sum is too large.", EngineText = "Out of Range Error", Tables = ["campaign_summary"], Loads = [17] };
        Transform.Answer("/runs?limit=25", new Page<Run>([partial], Next: null));

        var row = Render<RunsPage>().WaitForElement("[data-testid=run-10]");

        row.QuerySelector(".chip.warn").ShouldNotBeNull();
        row.QuerySelector("[data-testid=run-tables]").ShouldNotBeNull().TextContent.ShouldBe("Could not be computed: campaigns.");
        row.QuerySelector("[data-testid=run-loads] a").ShouldNotBeNull().GetAttribute("href").ShouldBe("/loads/17");
        row.QuerySelector("details").ShouldNotBeNull().HasAttribute("open").ShouldBeFalse();
        row.QuerySelector("[data-testid=run-engine]").ShouldNotBeNull().TextContent.ShouldBe("Out of Range Error");
    }

    [Fact]
    public void Schedules_AreShownWithWhatTheyMakeAndWhen()
    {
        Transform.Answer("/runs?limit=25", new Page<Run>([], Next: null));
        Transform.Answer(
            "/schedules",
            (Schedule[])
            [
                new Schedule("0 0 4 * * ?", "UTC", ["basket_pairs", "cohorts"], IsRegular: false, Sample.Published, Sample.Published.AddDays(1)),
                new Schedule("0 15 3 * * ?", "UTC", [], IsRegular: true, LastAt: null, NextAt: null),
            ]);

        var rows = Render<RunsPage>().WaitForElements("[data-testid=schedules] tbody tr");

        rows.Select(row => row.QuerySelectorAll("td").Select(cell => cell.TextContent).ToList()).ShouldBe(
        [
            ["basket_pairs, cohorts", Format.Instant(Sample.Published), Format.Instant(Sample.Published.AddDays(1))],
            ["whatever was overlooked", "not yet", "when the worker has started"],
        ]);
        rows[0].QuerySelector("th code").ShouldNotBeNull().TextContent.ShouldBe("0 0 4 * * ?");
    }

    [Fact]
    public void Schedules_None_SaysThatTablesAreMadeByHand()
    {
        Transform.Answer("/runs?limit=25", new Page<Run>([], Next: null));
        Transform.Answer("/schedules", Array.Empty<Schedule>());

        Render<RunsPage>().WaitForElement("[data-testid=no-schedules]").TextContent.ShouldContain("POST /runs?model=");
    }

    [Fact]
    public async Task Runs_NewVersion_ShowsItsRun()
    {
        Transform.Answer("/runs?limit=25", new Page<Run>([], Next: null));
        var page = Render<RunsPage>();
        page.WaitForElement("[data-testid=no-runs]");

        Transform.Answer("/runs?limit=25", new Page<Run>([Published(1)], Next: null));
        await Feed.SetAsync(3);

        page.WaitForElement("[data-testid=run-1]");
    }

    [Fact]
    public async Task Runs_Admin_CancelsTheOnesThatHaveNotEnded()
    {
        this.AddAuthorization().SetAuthorized("Ada Admin").SetPolicies(Scopes.Read, Scopes.Ingest, Scopes.Admin);
        var running = Published(11) with { State = "running", FinishedAt = null, Version = null, Models = ["household_scores"] };
        var cancelled = running with { State = "cancelled", CancelledBy = "Ada Admin <42>" };
        Transform.Answer("/runs?limit=25", new Page<Run>([running, Published(10)], Next: null));
        Transform.Answer("/runs/11/cancel", cancelled);
        var page = Render<RunsPage>();
        var button = page.WaitForElement("[data-testid=cancel-11]");
        page.FindAll("[data-testid=cancel-10]").ShouldBeEmpty();
        page.Find("[data-testid=run-models]").TextContent.ShouldBe("made whole: household_scores");

        Transform.Answer("/runs?limit=25", new Page<Run>([cancelled, Published(10)], Next: null));
        await button.ClickAsync(new());

        page.WaitForElement("[data-testid=run-cancelled]").TextContent.ShouldContain("Ada Admin");
        page.Find("[data-testid=run-11]").GetAttribute("data-state").ShouldBe("cancelled");
        page.FindAll("[data-testid=cancel-11]").ShouldBeEmpty();
        Transform.Asked.Count(asked => asked.Address is "/runs/11/cancel").ShouldBe(1);
    }

    [Fact]
    public async Task Runs_CancelledTooLate_SaysWhy()
    {
        this.AddAuthorization().SetAuthorized("Ada Admin").SetPolicies(Scopes.Read, Scopes.Ingest, Scopes.Admin);
        Transform.Answer("/runs?limit=25", new Page<Run>([Published(11) with { State = "running", FinishedAt = null, Version = null }], Next: null));
        Transform.Refuse("/runs/11/cancel", HttpStatusCode.Conflict, """{"title":"The run has ended","detail":"Run 11 is published."}""");
        var page = Render<RunsPage>();

        await page.WaitForElement("[data-testid=cancel-11]").ClickAsync(new());

        page.WaitForElement("[data-testid=run-11] [data-testid=state-error]").TextContent.ShouldContain("Run 11 is published.");
    }

    [Fact]
    public void Runs_WithoutTheRoleOfAnAdmin_CannotCancel()
    {
        Transform.Answer("/runs?limit=25", new Page<Run>([Published(11) with { State = "pending", StartedAt = null, FinishedAt = null, Version = null }], Next: null));

        var page = Render<RunsPage>();

        page.WaitForElement("[data-testid=run-11]");
        page.FindAll("[data-testid=cancel-11]").ShouldBeEmpty();
    }

    [Fact]
    public void Runs_ServiceAway_SaysSo()
    {
        Transform.Unreachable = true;

        Render<RunsPage>().WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("The transform service does not answer");
    }

    private static Run Published(long id) => new(
        id, "published", "load 4", 1, Sample.Published, Sample.Published.AddSeconds(1), Sample.Published.AddSeconds(2.5), 3, Error: null, TraceId);

    private static Run Failed(long id) => new(
        id, "failed", "schedule", 2, Sample.Published, Sample.Published, Sample.Published, Version: null, "Two scores are outside 1 to 5.", TraceId: null);
}
