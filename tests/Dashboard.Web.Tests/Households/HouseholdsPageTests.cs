using Bunit;
using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Households;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Households;

public sealed class HouseholdsPageTests : PageContext
{
    public HouseholdsPageTests()
    {
        AnswerVersion(7);
        Insights.Answer("/households?limit=50", new Page<Household>([Sample.Household(1), Sample.Household(2)], Next: "c2"), "\"7\"");
        Insights.Answer("/households?rfmBin=5&hasKids=false&sort=-totalSales&limit=50", new Page<Household>([Sample.Household(3)], Next: null), "\"7\"");
        Insights.Answer("/households?rfmBin=5&limit=50", new Page<Household>([Sample.Household(4)], Next: null), "\"7\"");
    }

    [Fact]
    public void Households_FiltersInTheAddress_AreAskedAndShown()
    {
        Navigation.NavigateTo("/households?rfmBin=5&hasKids=false&sort=-totalSales");

        var page = Render<HouseholdsPage>();

        page.WaitForElement("[data-testid=households]").QuerySelectorAll("tbody th").ShouldHaveSingleItem().TextContent.ShouldBe("3");
        page.Find("#filter-rfm-bin").GetAttribute("value").ShouldBe("5");
        page.Find("#filter-has-kids").GetAttribute("value").ShouldBe("false");
        page.Find("[data-testid=sort-totalSales]").ParentElement!.GetAttribute("aria-sort").ShouldBe("descending"); // The link stands in its heading.
    }

    [Fact]
    public void Households_FilterChosen_GoesIntoTheAddressAndBackToTheFirstPage()
    {
        Navigation.NavigateTo("/households?after=c2");
        Insights.Answer("/households?after=c2&limit=50", new Page<Household>([Sample.Household(9)], Next: null), "\"7\"");
        var page = Render<HouseholdsPage>();

        page.WaitForElement("#filter-rfm-bin").Change("5");

        Address.ShouldBe("households?rfmBin=5");
    }

    [Fact]
    public void Households_NextPage_IsALinkThatKeepsTheFilters()
    {
        Navigation.NavigateTo("/households");

        var page = Render<HouseholdsPage>();

        page.WaitForElement("[data-testid=next-page]").GetAttribute("href").ShouldBe("/households?after=c2");
    }

    [Fact]
    public void Households_UnknownFlag_IsSaid()
    {
        Navigation.NavigateTo("/households");

        var page = Render<HouseholdsPage>();

        var cells = page.WaitForElement("[data-testid=households]").QuerySelectorAll("tbody tr:first-child td.flag").Select(cell => cell.TextContent);
        cells.ShouldBe(["no", "no", "yes", "yes", "unknown"]);
    }
}
