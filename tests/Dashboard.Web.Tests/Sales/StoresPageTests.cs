using System.Net;
using Bunit;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Sales;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Sales;

public sealed class StoresPageTests : PageContext
{
    [Fact]
    public void Stores_OneChosen_ShowsItsFiguresAndItsDays()
    {
        AnswerAll();

        var page = RenderPage("1");

        page.WaitForElement(".day-chart");
        page.Find("[data-testid=store-sales]").TextContent.ShouldBe("$350.75");
        page.Find("[data-testid=store-share]").TextContent.ShouldBe("25.0 %"); // 350.75 of 1,403.00.
        page.Find("[data-testid=store-baskets]").TextContent.ShouldBe("35"); // 10 + 20 + 5.
        page.Find("[data-testid=store-by-day-summary]").TextContent
            .ShouldBe("Store 1 sold for $350.75 on 3 days from 2004-12-23 to 2004-12-26; most on Fri 2004-12-24 · DAY 277 with $200.25.");
        // The day without sales is in the chart all the same.
        page.FindAll(".day-chart .hits rect").Count.ShouldBe(4);
    }

    [Fact]
    public void Stores_NoneChosen_ShowsTheOneThatSoldMost()
    {
        AnswerAll();
        Insights.Answer("/sales/stores?store=2&limit=1000", new Page<StoreDaySales>(Sample.DaysOfStore(2), Next: null), "\"7\"");

        var page = RenderPage(store: null);

        page.WaitForElement("[data-testid=store-sales]").TextContent.ShouldBe("$1,052.25");
        page.FindAll("[data-testid=stores] tbody tr a").Select(link => link.TextContent).ShouldBe(["2", "1"]);
    }

    [Fact]
    public void Stores_DaysOnSeveralPages_AreAllShown()
    {
        AnswerAll();
        var days = Sample.DaysOfStore(1);
        Insights.Answer("/sales/stores?store=1&limit=1000", new Page<StoreDaySales>(days[..2], Next: "here"), "\"7\"");
        Insights.Answer("/sales/stores?store=1&limit=1000&after=here", new Page<StoreDaySales>(days[2..], Next: null), "\"7\"");

        var page = RenderPage("1");

        page.WaitForElement("[data-testid=store-baskets]").TextContent.ShouldBe("35");
    }

    [Fact]
    public void Stores_Picked_AreTheAddress()
    {
        AnswerAll();
        var page = RenderPage("1");

        page.WaitForElement("#store-picker").Change("2");

        Address.ShouldBe("stores?store=2");
    }

    [Fact]
    public void Stores_TableTwin_HasTheSameFigures()
    {
        AnswerAll();
        var page = RenderPage("1");

        page.WaitForElement("[data-testid=store-by-day-table-toggle]").Click();

        page.WaitForElement("#store-by-day-table tbody tr").TextContent.ShouldContain("$100.50");
        page.FindAll("#store-by-day-table tbody tr").Count.ShouldBe(3);
    }

    [Fact]
    public void Stores_NothingPublished_SaysWhatToUpload()
    {
        AnswerVersion(0);

        RenderPage("1").WaitForElement("[data-testid=state-empty]");
    }

    [Fact]
    public void Stores_VersionWithoutSales_SaysWhatToUpload()
    {
        AnswerVersion(7);
        Insights.Answer("/stores", Array.Empty<StoreSales>(), "\"7\"");

        RenderPage(store: null).WaitForElement("[data-testid=no-stores]").TextContent.ShouldContain("transaction_data.csv");
    }

    [Fact]
    public void Stores_NeverComputed_SaysSo()
    {
        AnswerVersion(7);
        Insights.Refuse("/stores", HttpStatusCode.ServiceUnavailable, Sample.TableMissing);

        RenderPage("1").WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("There are no figures of spend yet.");
    }

    private IRenderedComponent<StoresPage> RenderPage(string? store)
    {
        Navigation.NavigateTo(store is null ? "/stores" : $"/stores?store={store}");
        return Render<StoresPage>();
    }

    private void AnswerAll()
    {
        AnswerVersion(7);
        Insights.Answer("/stores", Sample.Stores, "\"7\"");
        Insights.Answer("/sales/stores?store=1&limit=1000", new Page<StoreDaySales>(Sample.DaysOfStore(1), Next: null), "\"7\"");
    }
}
