using Bunit;
using Dunnhumby.Dashboard.Web.Campaigns;
using Dunnhumby.Dashboard.Web.Components.Layout;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Components.Layout;

public sealed class NewVersionBannerTests : PageContext
{
    private const string Offer = "[data-testid=new-version]";

    [Fact]
    public async Task Banner_NewVersion_IsOfferedAndThePageChangesOnlyWhenAsked()
    {
        Answer(7, "/campaigns");
        var page = Render<CampaignsPage>();
        var banner = Render<NewVersionBanner>();
        await Feed.SetAsync(7);
        banner.FindAll(Offer).ShouldBeEmpty();

        Answer(8, "/campaigns");
        await Feed.SetAsync(8);

        banner.WaitForElement(Offer).TextContent.ShouldContain("New insights v8 are available");
        page.Find("[data-testid=freshness]").TextContent.ShouldContain("v7");

        await banner.Find("[data-testid=new-version-refresh]").ClickAsync(new());

        page.WaitForAssertion(() => page.Find("[data-testid=freshness]").TextContent.ShouldContain("v8"));
        banner.WaitForAssertion(() => banner.FindAll(Offer).ShouldBeEmpty());
    }

    [Fact]
    public async Task Banner_PageWithoutInsights_OffersWhatIsPublishedWhileItIsOpen()
    {
        var banner = Render<NewVersionBanner>();
        await Feed.SetAsync(7);
        banner.FindAll(Offer).ShouldBeEmpty(); // Version 7 was there before.

        await Feed.SetAsync(8);

        banner.WaitForElement(Offer);
        banner.Find("[data-testid=new-version-open]").GetAttribute("href").ShouldBe("/");
    }

    [Fact]
    public async Task Banner_FirstVersion_EmptyPageShowsItByItself()
    {
        Ingestion.Answer("/datasets", Sample.Datasets());
        AnswerVersion(0);
        var page = Render<CampaignsPage>();
        Render<NewVersionBanner>();
        await Feed.SetAsync(0);
        page.WaitForElement("[data-testid=state-empty]");

        Answer(1, "/campaigns");
        await Feed.SetAsync(1);

        page.WaitForAssertion(() => page.Find("[data-testid=freshness]").TextContent.ShouldContain("v1"));
    }

    private void Answer(int version, string address)
    {
        AnswerVersion(version);
        Insights.Answer(address, new[] { Sample.Campaign(9) }, $"\"{version}\"");
    }
}
