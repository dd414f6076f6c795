using System.Net;
using Bunit;
using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Dashboard.Web.Campaigns;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Campaigns;

public sealed class CampaignPageTests : PageContext
{
    [Fact]
    public void Campaign_Data_ShadesTheWindowAndDrawsFourAverages()
    {
        AnswerAll(Sample.Campaign(9));

        var page = RenderPage();

        page.WaitForElement(".day-chart");
        page.FindAll("rect.band").Count.ShouldBe(1);
        page.FindAll("line.level").Select(line => line.ClassList[^1]).ShouldBe(["before", "during", "after", "total"]);
        page.Find("[data-testid=avg-during]").TextContent.ShouldBe("$100.13"); // 200.25 over 2 days, Christmas being one of them, is 100.125.
        page.Find("[data-testid=campaign-sales-summary]").TextContent.ShouldContain("All households and all stores count.");
        // 100.125 / 100.5 − 1 = −0.37 %.
        page.Find("[data-testid=campaign-sales-summary]").TextContent.ShouldContain("0.4 % less than before");
    }

    [Fact]
    public void Campaign_RunsToTheEnd_HasNoAverageAfter()
    {
        AnswerAll(Sample.Campaign(9) with { LastDay = 279, LastDate = Sample.Date(279), After = new CampaignPeriod(0m, 0, Average: null) });

        var page = RenderPage();

        page.WaitForElement(".day-chart");
        page.FindAll("line.level.after").ShouldBeEmpty();
        page.Find("[data-testid=avg-after]").TextContent.ShouldBe("–");
    }

    [Fact]
    public void Campaign_DaysNeverComputed_ShowsTheAveragesAndSaysSo()
    {
        AnswerAll(Sample.Campaign(9));
        Insights.Refuse("/campaigns/9/daily-sales", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);

        var page = RenderPage();

        page.WaitForElement("[data-testid=avg-during]").TextContent.ShouldBe("$100.13");
        page.Find("[data-testid=state-error]").TextContent.ShouldContain("There are no figures of spend yet.");
        page.FindAll(".day-chart").ShouldBeEmpty();
    }

    [Fact]
    public void Campaign_SummaryNeverComputed_SaysSo()
    {
        AnswerAll(Sample.Campaign(9));
        Insights.Refuse("/campaigns", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);
        Insights.Refuse("/campaigns/9", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);

        var page = RenderPage();

        page.WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("There are no figures of spend yet.");
        page.FindAll("[data-testid=state-error]").Count.ShouldBe(1);
    }

    [Fact]
    public void Campaign_Picked_IsTheAddress()
    {
        AnswerAll(Sample.Campaign(9));
        var page = RenderPage();

        page.WaitForElement("#campaign-picker").Change("4");

        Address.ShouldBe("campaigns/4");
    }

    private IRenderedComponent<CampaignPage> RenderPage() => Render<CampaignPage>(parameters => parameters.Add(page => page.Number, "9"));

    private void AnswerAll(Campaign campaign)
    {
        AnswerVersion(7);
        Insights.Answer("/campaigns", new[] { Sample.Campaign(4), campaign }, "\"7\"");
        Insights.Answer("/campaigns/9", campaign, "\"7\"");
        Insights.Answer("/campaigns/9/daily-sales", Sample.CampaignSales, "\"7\"");
    }
}
