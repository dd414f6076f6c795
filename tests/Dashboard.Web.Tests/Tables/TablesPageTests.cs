using Bunit;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Tables;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Tables;

public sealed class TablesPageTests : PageContext
{
    [Fact]
    public void Tables_Published_AreListedBySubjectWithGrainRowsAndAge()
    {
        // The page is open three minutes after the version was published, and two hours and three minutes after version 5.
        Insights.Answer(
            "/version",
            Sample.StaleVersion with { WaitingTables = [new WaitingTable("sales_daily", 5, Sample.Published.AddHours(-2), [17], []), new WaitingTable("basket_affinity", ComputedVersion: null, ComputedAt: null, [], [])] },
            "\"7\"");
        Insights.Answer("/tables", new[] { Sample.Table, Sample.Table with { Name = "orphan_like", About = null }, Sample.Table with { Name = "campaign_summary", About = Sample.Table.About! with { Subject = "Campaigns" } } }, "\"7\"");

        var page = Render<TablesPage>();

        page.WaitForElement("[data-testid=subject-Sales] tbody tr").TextContent.ShouldContain("Cleaned sales of a day and department.");
        page.Find("[data-testid=subject-Sales] tbody a").GetAttribute("href").ShouldBe("/tables/sales_daily");
        page.Find("[data-testid=subject-Sales] tbody tr").TextContent.ShouldContain("one row per day and department");
        page.Find("[data-testid=age-sales_daily]").TextContent.ShouldContain("made 2 hours ago, for version 5; 1 load came or went since");
        page.Find("[data-testid=age-campaign_summary]").TextContent.ShouldContain("as of version 5, 2026-01-05 10:00:00 UTC");
        page.Find("[data-testid=age-orphan_like]").TextContent.Trim().ShouldBe("fresh");
        page.FindAll("[data-testid^=subject-] h2").Select(title => title.TextContent).ShouldBe(["Sales", "Tables", "Campaigns"]);
        var missing = page.Find("[data-testid=missing-tables]").TextContent;
        missing.ShouldContain("A file cannot be read.");
        missing.ShouldContain("basket_affinity");
    }

    [Fact]
    public void Tables_OfAFormerVersion_LinkToItsRows()
    {
        Insights.Answer("/version?version=5", Sample.Version(5), "\"5\"");
        Insights.Answer("/tables?version=5", new[] { Sample.Table }, "\"5\"");
        Navigation.NavigateTo("/tables?version=5");

        Render<TablesPage>().WaitForElement("tbody a").GetAttribute("href").ShouldBe("/tables/sales_daily?version=5");
    }

    [Fact]
    public void Tables_NothingPublished_SaysWhatToUpload()
    {
        AnswerVersion(0);

        Render<TablesPage>().WaitForElement("[data-testid=state-empty]");
    }
}
