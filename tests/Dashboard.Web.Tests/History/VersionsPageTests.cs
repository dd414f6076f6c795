using System.Net;
using Bunit;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Contracts.Versions;
using Dunnhumby.Dashboard.Web.History;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.History;

public sealed class VersionsPageTests : PageContext
{
    private const string List = "/versions?limit=25";

    public VersionsPageTests() => this.AddAuthorization().SetAuthorized("Ada Admin").SetPolicies(Scopes.Read, Scopes.Ingest, Scopes.Admin);

    [Fact]
    public void Versions_List_ShowsWhatEachIsAndWhatCanBeDone()
    {
        Insights.Answer(List, new Page<VersionSummary>([Summary(15), Summary(14) with { StaleTables = ["campaign_summary"] }, Summary(13) with { By = "Ada Admin <42>" }], Next: "13"));

        var page = Render<VersionsPage>();

        var current = page.WaitForElement("[data-testid=version-15]");
        current.TextContent.ShouldContain("current");
        current.QuerySelector("[data-testid=look-15]").ShouldNotBeNull().GetAttribute("href").ShouldBe("/");
        current.QuerySelector("[data-testid=go-back-15]").ShouldBeNull("One cannot go back to where one is.");
        var former = page.Find("[data-testid=version-14]");
        former.TextContent.ShouldContain("+17");
        former.TextContent.ShouldContain("−3");
        former.QuerySelector(".chip.bad").ShouldNotBeNull().GetAttribute("title").ShouldBe("campaigns");
        former.QuerySelector("[data-testid=look-14]").ShouldNotBeNull().GetAttribute("href").ShouldBe("/?version=14");
        former.QuerySelector("[data-testid=compare-14]").ShouldNotBeNull().GetAttribute("href").ShouldBe("/versions?from=14&to=15");
        page.Find("[data-testid=version-13] [data-testid=version-by]").TextContent.ShouldBe("by Ada Admin");
        page.Find("[data-testid=next-page]").GetAttribute("href").ShouldBe("/versions?before=13");
    }

    [Fact]
    public async Task GoBack_Confirmed_PublishesAndShowsTheNewList()
    {
        Insights.Answer(List, new Page<VersionSummary>([Summary(15), Summary(14)], Next: null));
        Transform.Answer("/versions/14/publish", new Republication(16, 14, 9, Sample.Published));
        var page = Render<VersionsPage>();

        await page.WaitForElement("[data-testid=go-back-14]").ClickAsync(new());
        page.Find("[data-testid=back-question]").TextContent.ShouldContain("Go back to version 14 of");
        Transform.Asked.ShouldBeEmpty("Nothing happens before the question is answered.");
        Insights.Answer(List, new Page<VersionSummary>([Held(16), Summary(15) with { IsCurrent = false }, Summary(14)], Next: null));
        await page.Find("[data-testid=back-confirm]").ClickAsync(new());

        page.WaitForElement("[data-testid=held]").TextContent.ShouldContain("Version 16 is held");
        Transform.Asked.Select(asked => asked.Address).ShouldBe(["/versions/14/publish"]);
        page.FindAll("[data-testid=back-question]").ShouldBeEmpty();
        page.FindAll("[data-testid=go-back-14]").ShouldBeEmpty("It is what readers have.");
        page.FindAll("[data-testid=go-back-15]").Count.ShouldBe(1);
    }

    [Fact]
    public async Task GoBack_Kept_AsksNothing()
    {
        Insights.Answer(List, new Page<VersionSummary>([Summary(15), Summary(14)], Next: null));
        var page = Render<VersionsPage>();

        await page.WaitForElement("[data-testid=go-back-14]").ClickAsync(new());
        await page.Find("[data-testid=back-keep]").ClickAsync(new());

        page.FindAll("[data-testid=back-question]").ShouldBeEmpty();
        Transform.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task GoBack_Refused_SaysWhy()
    {
        Insights.Answer(List, new Page<VersionSummary>([Summary(15), Summary(14)], Next: null));
        Transform.Refuse("/versions/14/publish", HttpStatusCode.Gone, """{"type":"urn:dunnhumby:problem:version-removed","title":"Version 14 was removed.","detail":"Only the newest versions are kept."}""");
        var page = Render<VersionsPage>();

        await page.WaitForElement("[data-testid=go-back-14]").ClickAsync(new());
        await page.Find("[data-testid=back-confirm]").ClickAsync(new());

        page.WaitForElement("[data-testid=back-question] [data-testid=state-error]").TextContent.ShouldContain("Version 14 was removed.");
    }

    [Fact]
    public async Task Release_HeldVersion_AsksForIt()
    {
        Insights.Answer(List, new Page<VersionSummary>([Held(16), Summary(15) with { IsCurrent = false }], Next: null));
        Transform.Answer("/versions/release", new HoldRelease(16));
        var page = Render<VersionsPage>();

        await page.WaitForElement("[data-testid=release]").ClickAsync(new());

        page.WaitForElement("[data-testid=released]");
        Transform.Asked.Select(asked => asked.Address).ShouldBe(["/versions/release"]);
    }

    [Fact]
    public void Versions_Reader_SeesButCannotChange()
    {
        this.AddAuthorization().SetAuthorized("Rea Reader").SetPolicies(Scopes.Read);
        Insights.Answer(List, new Page<VersionSummary>([Held(16), Summary(15) with { IsCurrent = false }], Next: null));

        var page = Render<VersionsPage>();

        page.WaitForElement("[data-testid=held]");
        page.FindAll("[data-testid=release]").ShouldBeEmpty();
        page.FindAll("[data-testid=go-back-15]").ShouldBeEmpty();
    }

    [Fact]
    public void Difference_ChosenInTheAddress_ShowsTablesRowsAndSegments()
    {
        Insights.Answer(List, new Page<VersionSummary>([Summary(15), Summary(14)], Next: null));
        Insights.Answer("/versions/14/diff/15", new VersionDifference(14, 15,
        [
            new TableDifference("household_summary", "households", ["household_key"], 1, 0, 2),
            new TableDifference("orphans", "orphans", [], null, null, null) { Remark = "The table has no key." },
        ]));
        Insights.Answer("/versions/14/diff/15/household_summary?limit=25", new Page<RowDifference>(
            [
                new RowDifference("changed", new Dictionary<string, string>(StringComparer.Ordinal) { ["household_key"] = "7" }, [new ValueDifference("rfm_bin", "2", "3")]),
                new RowDifference("added", new Dictionary<string, string>(StringComparer.Ordinal) { ["household_key"] = "9" }, [new ValueDifference("rfm_bin", Before: null, "1")]),
            ],
            Next: "abc"));
        Insights.Answer("/versions/14/diff/15/segments?limit=25", new SegmentDifference([new SegmentMove(2, 3, 1), new SegmentMove(4, 3, 1)], [new SegmentChange(7, 2, 3)], Next: null));
        Navigation.NavigateTo("/versions?from=14&to=15&table=household_summary");

        var page = Render<VersionsPage>();

        page.WaitForElement("[data-testid=difference-household_summary]").TextContent.ShouldContain("households");
        page.Find("[data-testid=difference-orphans]").TextContent.ShouldContain("The table has no key.");
        var rows = page.WaitForElement("[data-testid=rows]");
        rows.TextContent.ShouldContain("2 → 3");
        rows.QuerySelector(".chip.good").ShouldNotBeNull().TextContent.ShouldBe("added");
        page.Find("[data-testid=next-rows]").GetAttribute("href").ShouldBe("/versions?from=14&to=15&table=household_summary&after=abc");
        page.WaitForElement("[data-testid=moves-summary]").TextContent.ShouldBe("2 households changed RFM bin: 1 up, 1 down.");
        page.Find("[data-testid=move-2-3]").GetAttribute("href").ShouldBe("/versions?from=14&to=15&table=household_summary&was=2&became=3");
        page.Find("[data-testid=segment-households] a").GetAttribute("href").ShouldBe("/households/7?version=15");
    }

    [Fact]
    public void Difference_Removed_SaysSo()
    {
        Insights.Answer(List, new Page<VersionSummary>([Summary(15), Summary(14)], Next: null));
        Insights.Refuse("/versions/2/diff/15", HttpStatusCode.Gone, """{"title":"Version 2 was removed.","detail":"Only the newest versions are kept."}""");
        Navigation.NavigateTo("/versions?from=2&to=15");

        Render<VersionsPage>().WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("Version 2 was removed.");
    }

    [Fact]
    public void Versions_AddressThatDoesNotFit_SaysWhatDoes()
    {
        Navigation.NavigateTo("/versions?from=yesterday");

        Render<VersionsPage>().WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("'yesterday' does not fit: from takes a whole number");
    }

    /// <summary>15 is the current one.</summary>
    private static VersionSummary Summary(int version) => new(
        version, Sample.Published, IsCurrent: version == 15, 30 + version, "load 17", By: null, LoadsAdded: [17], LoadsWithdrawn: [3], ["household_summary"], 1_234);

    private static VersionSummary Held(int version) => Summary(version) with { IsCurrent = true, Republishes = 14, HeldSince = Sample.Published, By = "Ada Admin <42>" };
}
