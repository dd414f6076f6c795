using System.Net;
using Bunit;
using Dunnhumby.Dashboard.Web.Households;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Households;

public sealed class HouseholdPageTests : PageContext
{
    public HouseholdPageTests()
    {
        AnswerVersion(7);
        Insights.Answer("/households/1", Sample.Household(1), "\"7\"");
        Insights.Answer("/households/1/daily-spend", Sample.Spend(1), "\"7\"");
    }

    [Fact]
    public void Household_SectionSwitchedOff_LeavesTheChartAndIsInTheAddress()
    {
        Navigation.NavigateTo("/households/1");
        var page = RenderPage();
        page.WaitForElement("[data-testid=layer-meat]");

        page.Find("[data-testid=section-meat]").Click();

        Address.ShouldBe("households/1?by=day&off=meat");
        page.WaitForAssertion(() => page.FindAll("[data-testid=layer-meat]").ShouldBeEmpty());
        page.Find("[data-testid=section-meat]").GetAttribute("aria-pressed").ShouldBe("false");
        page.Find("[data-testid=spend-by-section-summary]").TextContent.ShouldStartWith("$5.00 in 14 sections of 15"); // Dairy alone.
    }

    [Fact]
    public void Household_SpendNeverComputed_ShowsTheProfileAndSaysSo()
    {
        Insights.Refuse("/households/1/daily-spend", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);

        var page = RenderPage();

        page.WaitForElement("[data-testid=household-figures]");
        page.Find("[data-testid=state-error]").TextContent.ShouldContain("There are no figures of spend yet.");
        page.FindAll("[data-testid=spend-by-section-summary]").ShouldBeEmpty();
    }

    [Fact]
    public void Household_SummaryNeverComputed_ShowsTheSpendAndSaysSo()
    {
        Insights.Refuse("/households/1", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);

        var page = RenderPage();

        page.WaitForElement("[data-testid=spend-by-section-summary]");
        page.Find("[data-testid=state-error]").TextContent.ShouldContain("There are no figures of spend yet.");
        page.FindAll("[data-testid=household-figures]").ShouldBeEmpty();
    }

    [Fact]
    public void Household_NeitherComputed_SaysSoOnce()
    {
        Insights.Refuse("/households/1", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);
        Insights.Refuse("/households/1/daily-spend", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);

        var page = RenderPage();

        page.WaitForElement("[data-testid=state-error]").GetAttribute("data-kind").ShouldBe("NotComputed");
        page.FindAll("[data-testid=state-error]").Count.ShouldBe(1);
    }

    [Fact]
    public void Household_WeeksInTheAddress_AddsUpMondayToSunday()
    {
        Navigation.NavigateTo("/households/1?by=week&off=dairy");

        var page = RenderPage();

        page.WaitForElement("[data-testid=layer-meat]");
        page.Find("[data-testid=by-week]").GetAttribute("aria-pressed").ShouldBe("true");
        page.FindAll(".stacked-chart .hits rect").Select(rect => rect.GetAttribute("data-tip"))
            .ShouldBe(["week of 2004-07-05 · $10.00|Meat $10.00", "week of 2004-07-12 · $2.50|Meat $2.50"]);
    }

    [Fact]
    public void Household_AllSectionsOff_SaysSo()
    {
        Navigation.NavigateTo("/households/1");
        var page = RenderPage();

        page.WaitForElement("[data-testid=sections-none]").Click();

        page.WaitForElement("[data-testid=no-sections]");
        page.Find("[data-testid=sections-all]").Click();
        page.WaitForElement("[data-testid=layer-dairy]");
    }

    [Fact]
    public void Household_Profile_ShowsScoresDaysAndUnknownFlags()
    {
        Navigation.NavigateTo("/households/1");

        var page = RenderPage();

        page.WaitForElement("[data-testid=household-total]").TextContent.ShouldBe("$1,234.56");
        page.Find("[data-testid=household-figures]").TextContent.ShouldContain("2004-07-01 · DAY\u00A0101");
        page.Find("[data-testid=household-flags]").QuerySelectorAll("dd").Select(flag => flag.TextContent).ShouldBe(["couple", "no", "no", "yes", "yes", "unknown"]);
    }

    [Fact]
    public void Household_Unknown_IsSaidInTheServicesWords()
    {
        Insights.Refuse("/households/1", HttpStatusCode.NotFound, """{"title":"Unknown household","detail":"Household 1 is not in version 7."}""");
        Navigation.NavigateTo("/households/1");

        var page = RenderPage();

        page.WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("Household 1 is not in version 7.");
    }

    private IRenderedComponent<HouseholdPage> RenderPage() => Render<HouseholdPage>(parameters => parameters.Add(page => page.HouseholdKey, "1"));
}
