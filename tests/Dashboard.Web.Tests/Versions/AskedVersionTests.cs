using System.Net;
using Bunit;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Campaigns;
using Dunnhumby.Dashboard.Web.Components.Layout;
using Dunnhumby.Dashboard.Web.Households;
using Dunnhumby.Dashboard.Web.Overview;
using Dunnhumby.Dashboard.Web.Runs;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Versions;

/// <summary>Pages whose address asks for version 7 while version 9 is current.</summary>
public sealed class AskedVersionTests : PageContext
{
    private const string Banner = "[data-testid=former-version]";

    public AskedVersionTests()
    {
        AnswerVersion(9);
        Insights.Answer("/version?version=7", Sample.Version(7), "\"v7\"");
        Insights.Answer("/campaigns?version=7", new[] { Sample.Campaign(3) }, "\"v7\"");
        Insights.Answer("/households?limit=50&version=7", new Page<Household>([Sample.Household(1)], Next: "next"), "\"v7\"");
        Insights.Answer("/households/1?version=7", Sample.Household(1), "\"v7\"");
        Insights.Answer("/households/1/daily-spend?version=7", Sample.Spend(1), "\"v7\"");
    }

    [Fact]
    public async Task Campaigns_OfAVersion_ShowItsFiguresAndPassItOn()
    {
        Navigation.NavigateTo("/campaigns?version=7");
        await Feed.SetAsync(9);

        var page = Render<CampaignsPage>();

        page.WaitForElement("[data-testid=campaigns] a[href='/campaigns/3?version=7']");
        page.Find("[data-testid=freshness]").TextContent.ShouldContain("v7");
        Render<NewVersionBanner>().FindAll("[data-testid=new-version]").ShouldBeEmpty("Nobody asked for the latest.");
        var banner = Render<FormerVersionBanner>(parameters => parameters.Add(part => part.Page, typeof(CampaignsPage)));
        banner.Find(Banner).TextContent.ShouldContain("You are looking at version 7 of 2026-01-05 12:00:00 UTC; the current one is 9.");
        banner.Find("[data-testid=show-current]").GetAttribute("href").ShouldBe("http://localhost/campaigns");
    }

    [Fact]
    public void Households_OfAVersion_LinkWithinIt()
    {
        Navigation.NavigateTo("/households?version=7");

        var page = Render<HouseholdsPage>();

        page.WaitForElement("[data-testid=households] a[href='/households/1?version=7']");
        page.Find("[data-testid=next-page]").GetAttribute("href").ShouldBe("/households?after=next&version=7");
        page.Find("[data-testid=sort-totalSales]").GetAttribute("href").ShouldBe("/households?sort=-totalSales&version=7");
    }

    [Fact]
    public void Household_OfAVersion_KeepsItWhenTheChartChanges()
    {
        Navigation.NavigateTo("/households/1?version=7");
        var page = Render<HouseholdPage>(parameters => parameters.Add(household => household.HouseholdKey, "1"));
        page.WaitForElement("[data-testid=layer-meat]");

        page.Find("[data-testid=section-meat]").Click();

        Address.ShouldBe("households/1?version=7&by=day&off=meat");
        page.Find(".back a").GetAttribute("href").ShouldBe("/households?version=7");
    }

    [Fact]
    public void Page_VersionThatWasRemoved_SaysSoAndLeadsToTheCurrentOne()
    {
        Insights.Refuse("/version?version=2", HttpStatusCode.Gone, """{"title":"Version 2 was removed.","detail":"Only the newest versions are kept."}""");
        Navigation.NavigateTo("/campaigns?version=2");

        Render<CampaignsPage>().WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("Version 2 was removed.");
        Render<FormerVersionBanner>(parameters => parameters.Add(part => part.Page, typeof(CampaignsPage))).Find("[data-testid=show-current]").GetAttribute("href").ShouldBe("http://localhost/campaigns");
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999")]
    public void Page_VersionThatIsNoNumber_SaysWhatFits(string version)
    {
        Navigation.NavigateTo($"/?version={version}");

        Render<OverviewPage>().WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("version takes the number of a version that is kept.");
    }

    [Fact]
    public void Banner_PageWithoutFigures_SaysNothing()
    {
        Navigation.NavigateTo("/runs?version=7");

        Render<FormerVersionBanner>(parameters => parameters.Add(part => part.Page, typeof(RunsPage))).FindAll(Banner).ShouldBeEmpty();
    }

    [Fact]
    public async Task Banner_CurrentVersionByItsNumber_SaysThatThePageStays()
    {
        await Feed.SetAsync(7);
        Navigation.NavigateTo("/?version=7");

        Render<FormerVersionBanner>(parameters => parameters.Add(part => part.Page, typeof(OverviewPage))).Find(Banner).TextContent.ShouldContain("version 7, the current one");
    }

    [Fact]
    public void StaleNotice_PageOfAVersion_SpeaksOfThatVersion()
    {
        Insights.Answer("/version", Sample.StaleVersion, "\"9\"");
        Navigation.NavigateTo("/campaigns?version=7");

        var notice = Render<StaleNotice>(parameters => parameters.Add(part => part.Page, typeof(CampaignsPage)));

        notice.WaitForAssertion(() => Insights.Asked.Select(asked => asked.Address).ShouldContain(address => string.Equals(address, "/version?version=7", StringComparison.Ordinal)));
        notice.FindAll("[data-testid=stale]").ShouldBeEmpty();
    }

    [Fact]
    public void PageLink_PageOfAVersion_PassesItOn()
    {
        Navigation.NavigateTo("/households/1?version=7");

        var link = Render<PageLink>(parameters => parameters.Add(part => part.Href, "/households").AddChildContent("Households")).Find("a");

        link.GetAttribute("href").ShouldBe("/households?version=7");
        link.ClassName.ShouldBe("active");
        Render<PageLink>(parameters => parameters.Add(part => part.Href, "/").AddChildContent("Overview")).Find("a").ClassName.ShouldBeNullOrEmpty();
    }
}
