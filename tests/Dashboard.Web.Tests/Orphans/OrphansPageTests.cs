using Bunit;
using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Orphans;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Orphans;

public sealed class OrphansPageTests : PageContext
{
    [Fact]
    public void Orphans_OfAVersion_AreListedWithExamplesAndLoads()
    {
        AnswerVersion(3);
        Insights.Answer("/orphans", new OrphanReference[]
        {
            new("transaction_data", "PRODUCT_ID", "product", IsTargetLoaded: true, 222, 5, [new OrphanKey("5978656", 200)], [new OrphanLoad(4, 222)]),
            new("coupon", "CAMPAIGN", "campaign_desc", IsTargetLoaded: false, Rows: null, Keys: null, [], []),
        });

        var page = Render<OrphansPage>();

        var table = page.WaitForElement("[data-testid=orphans]");
        table.TextContent.ShouldContain("5978656 (200)");
        table.TextContent.ShouldContain("campaign_desc.csv is not loaded yet");
        table.QuerySelector("a[href='/loads/4']").ShouldNotBeNull();
        page.Find("[data-testid=orphans-summary]").TextContent.ShouldBe("222 orphans in 1 of 2 references.");
    }
}
