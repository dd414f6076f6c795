using Bunit;
using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Campaigns;
using Dunnhumby.Dashboard.Web.Components.States;
using Dunnhumby.Dashboard.Web.Households;
using Dunnhumby.Dashboard.Web.Lineage;
using Dunnhumby.Dashboard.Web.Lines;
using Dunnhumby.Dashboard.Web.Orphans;
using Dunnhumby.Dashboard.Web.Overview;
using Dunnhumby.Dashboard.Web.Sales;
using Dunnhumby.Dashboard.Web.Tables;
using Dunnhumby.Dashboard.Web.Tests.Stubs;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Tests.Lineage;

/// <summary>The list of pages that the lineage shows, compared with the pages and with what they ask.</summary>
public sealed class ReadingPageTests : PageContext
{
    [Fact]
    public void All_Pages_AreThoseThatShowInsights()
    {
        var pages = typeof(InsightsPage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(InsightsPage)))
            .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>()).Select(route => route.Template);

        ReadingPage.All.Select(page => page.Address).ShouldBe(pages, ignoreOrder: true);
    }

    [Fact]
    public void Overview_WhenItIsShown_AsksWhatTheListSays() => AssertAsked<OverviewPage>("/");

    [Fact]
    public void Households_WhenTheyAreShown_AskWhatTheListSays() => AssertAsked<HouseholdsPage>("/households");

    [Fact]
    public void Household_WhenItIsShown_AsksWhatTheListSays() =>
        AssertAsked<HouseholdPage>("/households/{HouseholdKey}", parameters => parameters.Add(page => page.HouseholdKey, "1"));

    [Fact]
    public void Campaigns_WhenTheyAreShown_AskWhatTheListSays() => AssertAsked<CampaignsPage>("/campaigns");

    [Fact]
    public void Campaign_WhenItIsShown_AsksWhatTheListSays() => AssertAsked<CampaignPage>("/campaigns/{Number}", parameters => parameters.Add(page => page.Number, "1"));

    [Fact]
    public void Stores_WhenOneIsChosen_AskWhatTheListSays()
    {
        Navigation.NavigateTo("/stores?store=2");

        AssertAsked<StoresPage>("/stores");
    }

    [Fact]
    public void Orphans_WhenTheyAreShown_AskWhatTheListSays() => AssertAsked<OrphansPage>("/orphans");

    [Fact]
    public void LinesOfAHousehold_WhenTheyAreShown_AskWhatTheListSays() =>
        AssertAsked<LinesPage>("/households/{HouseholdKey}/lines", parameters => parameters.Add(page => page.HouseholdKey, "1"));

    [Fact]
    public void LinesOfAStore_WhenTheyAreShown_AskWhatTheListSays() => AssertAsked<LinesPage>("/stores/{Store}/lines", parameters => parameters.Add(page => page.Store, "1"));

    [Fact]
    public void LinesOfAProduct_WhenTheyAreShown_AskWhatTheListSays() =>
        AssertAsked<LinesPage>("/products/{Product}/lines", parameters => parameters.Add(page => page.Product, "1"));

    [Fact]
    public void CampaignLines_WhenTheyAreShown_AskWhatTheListSays() =>
        AssertAsked<CampaignLinesPage>("/campaigns/{Number}/lines", parameters => parameters.Add(page => page.Number, "1"));

    [Fact]
    public void Tables_WhenTheyAreShown_AskWhatTheListSays() => AssertAsked<TablesPage>("/tables");

    [Fact]
    public void Table_WhenItIsShown_AsksWhatTheListSays() => AssertAsked<TablePage>("/tables/{Name}", parameters => parameters.Add(page => page.Name, "1"));

    [Fact]
    public void Lineage_WhenItIsShown_AsksWhatTheListSays() => AssertAsked<LineagePage>("/lineage");

    private void AssertAsked<TPage>(string address, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : InsightsPage
    {
        AnswerVersion(7);
        Insights.Answer("/sales/daily", Sample.StoreDays);
        Insights.Answer("/households?limit=50", new Page<Contracts.Households.Household>([Sample.Household(1)], Next: null));
        Insights.Answer("/households/1", Sample.Household(1));
        Insights.Answer("/households/1/daily-spend", Sample.Spend(1));
        Insights.Answer("/campaigns", new[] { Sample.Campaign(1) });
        Insights.Answer("/campaigns/1", Sample.Campaign(1));
        Insights.Answer("/campaigns/1/daily-sales", Sample.CampaignSales);
        Insights.Answer("/stores", Sample.Stores);
        Insights.Answer("/sales/stores?store=2&limit=1000", new Page<Contracts.Sales.StoreDaySales>(Sample.DaysOfStore(2), Next: null));
        Insights.Answer("/orphans", Array.Empty<Contracts.Insights.OrphanReference>());
        foreach (var kind in new[] { "households", "stores", "products" })
        {
            Insights.Answer($"/{kind}/1/lines?limit=100", new Contracts.Lines.TransactionLines([], Next: null, 7, 0, 0, 0));
        }

        Insights.Answer("/campaigns/1/lines?limit=100", new Contracts.Lines.CampaignLines([], Next: null, 7, 0));
        Insights.Answer("/lineage", LineageSample.Graph);
        Insights.Answer("/tables", new[] { Sample.Table });
        Insights.Answer("/tables/1/about", Sample.Table);
        Insights.Answer("/tables/1/rows?limit=50", Sample.Rows(next: null));

        var page = Render<TPage>(builder => parameters?.Invoke(builder));

        // The address of an endpoint with its parameters filled in, and without a query.
        string[] expected = ["/version", .. ReadingPage.All.Single(listed => string.Equals(listed.Address, address, StringComparison.Ordinal)).Endpoints
            .Select(endpoint => endpoint.Replace("{householdKey}", "1", StringComparison.Ordinal).Replace("{campaign}", "1", StringComparison.Ordinal)
                .Replace("{store}", "1", StringComparison.Ordinal).Replace("{product}", "1", StringComparison.Ordinal)
                .Replace("{name}", "1", StringComparison.Ordinal))];
        page.WaitForAssertion(() => Insights.Asked.Select(asked => asked.Address.Split('?')[0]).Distinct(StringComparer.Ordinal).ShouldBe(expected, ignoreOrder: true));
    }
}
