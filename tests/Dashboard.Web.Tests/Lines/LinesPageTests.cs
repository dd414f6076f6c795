using System.Net;
using Bunit;
using Dunnhumby.Contracts.Lines;
using Dunnhumby.Dashboard.Web.Campaigns;
using Dunnhumby.Dashboard.Web.Households;
using Dunnhumby.Dashboard.Web.Lines;
using Dunnhumby.Dashboard.Web.Sales;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Lines;

public sealed class LinesPageTests : PageContext
{
    private static readonly TransactionLine Counted = new(
        17, MendsLoadId: null, "day 2.csv", 1_234, Untraced: null, Household: 1, 27000000001, 200, new DateOnly(2004, 10, 8), 11, "dairy", 2, 2.50m, 300, 0, 930, 29, 0, 0, Counts: true, LeftOutBy: null);

    [Fact]
    public void Lines_OfAHouseholdsDay_AreListedWithLoadFileAndLine()
    {
        AnswerVersion(3);
        Insights.Answer("/households/1/lines?limit=100&day=200", new TransactionLines(
            [
                Counted,
                Counted with { LoadId = 20, MendsLoadId = 17, Line = 9, Product = 12 },
                Counted with { LoadId = 2, File = null, Line = null, Untraced = "The load is from before.", Counts = false, LeftOutBy = LineRules.UnknownProduct, Product = 99, Section = null },
            ],
            Next: null, 3, Lines: 3, Counted: 2, 5.00m));
        Navigation.NavigateTo("/households/1/lines?day=200");

        var page = Render<LinesPage>(parameters => parameters.Add(lines => lines.HouseholdKey, "1"));

        var rows = page.WaitForElement("[data-testid=lines]").QuerySelectorAll("tbody tr");
        page.Find("[data-testid=lines-summary]").TextContent.ShouldBe("2 of 3 lines count in the figures; together they are $5.00.");
        page.Find("#lines-title").TextContent.ShouldBe("Lines behind Fri 2004-10-08 · DAY 200");
        rows.Length.ShouldBe(3);
        rows[0].QuerySelector("a[href='/loads/17']").ShouldNotBeNull();
        rows[0].TextContent.ShouldContain("day 2.csv");
        rows[0].TextContent.ShouldContain("1,234");
        rows[1].QuerySelectorAll("a[href^='/loads/']").Select(link => link.GetAttribute("href")).ShouldBe(["/loads/20", "/loads/17"]);
        rows[2].TextContent.ShouldContain("product is not in product.csv");
        rows[2].QuerySelector("abbr")?.GetAttribute("title").ShouldBe("The load is from before.");
    }

    [Fact]
    public void Lines_OfSeveralPages_LeadToTheNextOfTheSameVersion()
    {
        AnswerVersion(3);
        Insights.Answer("/stores/300/lines?limit=100&day=200", new TransactionLines([Counted], "bmV4dA", 3, Lines: 2, Counted: 2, 5.00m));
        Navigation.NavigateTo("/stores/300/lines?day=200");

        var page = Render<LinesPage>(parameters => parameters.Add(lines => lines.Store, "300"));

        page.WaitForElement("[data-testid=next-lines]").GetAttribute("href").ShouldBe("/stores/300/lines?day=200&after=bmV4dA&version=3");
        page.Find("[data-testid=all-lines]").GetAttribute("href").ShouldBe("/stores/300/lines");
    }

    [Fact]
    public void Lines_WhileTheyCannotBeRead_SayWhatToDo()
    {
        AnswerVersion(3);
        Insights.Refuse(
            "/products/12/lines?limit=100",
            HttpStatusCode.ServiceUnavailable,
            """{"type":"urn:dunnhumby:problem:lines-unavailable","title":"Lines cannot be read at present.","detail":"Try again in a minute."}""");

        var page = Render<LinesPage>(parameters => parameters.Add(lines => lines.Product, "12"));

        page.WaitForAssertion(() => page.Markup.ShouldContain("Lines cannot be read at present."));
        page.Markup.ShouldContain("Try again in a minute.");
    }

    [Fact]
    public void Lines_OfAnAddressThatDoesNotFit_AskNothing()
    {
        AnswerVersion(3);
        Navigation.NavigateTo("/households/1/lines?day=first");

        var page = Render<LinesPage>(parameters => parameters.Add(lines => lines.HouseholdKey, "1"));

        page.WaitForAssertion(() => page.Markup.ShouldContain("day takes a whole number from 1"));
        Insights.Asked.ShouldNotContain(asked => asked.Address.Contains("/lines", StringComparison.Ordinal));
    }

    [Fact]
    public void CampaignLines_OfACampaign_SayWhatEachRowSays()
    {
        AnswerVersion(3);
        var row = new CampaignLine("campaign_desc", 4, MendsLoadId: null, "campaign_desc.csv", 2, Untraced: null, "TypeA", 220, 240, Household: null, Coupon: null, Product: null, Day: null);
        Insights.Answer("/campaigns/1/lines?limit=100", new CampaignLines(
            [row, row with { Dataset = "coupon", LoadId = 6, File = "coupon.csv", Line = 3, Coupon = 5, Product = 12 }, row with { Dataset = "coupon_redempt", Household = 1, Coupon = 5, Day = 230 }],
            Next: null, 3, Lines: 3));

        var page = Render<CampaignLinesPage>(parameters => parameters.Add(lines => lines.Number, "1"));

        var rows = page.WaitForElement("[data-testid=campaign-lines]").QuerySelectorAll("tbody tr");
        rows[0].TextContent.ShouldContain("TypeA, DAY 220 to DAY 240");
        rows[1].TextContent.ShouldContain("coupon 5 for product 12");
        rows[1].QuerySelector("a[href='/loads/6']").ShouldNotBeNull();
        rows[2].TextContent.ShouldContain("household 1 redeemed coupon 5 on DAY 230");
    }

    [Fact]
    public void Figures_OfHouseholdStoreAndCampaign_LeadToTheirLines()
    {
        AnswerVersion(3);
        Insights.Answer("/households/1", Sample.Household(1));
        Insights.Answer("/households/1/daily-spend", Sample.Spend(1));
        Insights.Answer("/campaigns", new[] { Sample.Campaign(1) });
        Insights.Answer("/campaigns/1", Sample.Campaign(1));
        Insights.Answer("/campaigns/1/daily-sales", Sample.CampaignSales);
        Insights.Answer("/stores", Sample.Stores);
        Insights.Answer("/sales/stores?store=2&limit=1000", new Contracts.Paging.Page<Contracts.Sales.StoreDaySales>(Sample.DaysOfStore(2), Next: null));
        Navigation.NavigateTo("/households/1?by=day");

        var household = Render<HouseholdPage>(parameters => parameters.Add(page => page.HouseholdKey, "1"));
        household.WaitForElement("[data-testid=lines-link]").GetAttribute("href").ShouldBe("/households/1/lines");
        household.Find("[data-testid=spend-by-section-table-toggle]").Click();
        household.WaitForElement("[data-testid=spend-table] tbody th a").GetAttribute("href").ShouldBe($"/households/1/lines?day={Sample.Spend(1).Days[0].Day}");

        Navigation.NavigateTo("/stores?store=2");
        Render<StoresPage>().WaitForElement("[data-testid=lines-link]").GetAttribute("href").ShouldBe("/stores/2/lines");
        Render<CampaignPage>(parameters => parameters.Add(page => page.Number, "1")).WaitForElement("[data-testid=lines-link]").GetAttribute("href").ShouldBe("/campaigns/1/lines");
    }
}
