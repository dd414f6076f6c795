using System.Net;
using Bunit;
using Dunnhumby.Dashboard.Web.Tables;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Tables;

public sealed class TablePageTests : PageContext
{
    private const string Rows = "/tables/sales_daily/rows";

    [Fact]
    public void Table_Shown_SaysWhatItHoldsAndWritesCellsByTheirUnits()
    {
        AnswerAll();

        var page = RenderPage();

        page.WaitForElement("[data-testid=rows] tbody tr");
        page.Find("[data-testid=table-description]").TextContent.ShouldBe("Cleaned sales of a day and department.");
        page.Find("[data-testid=table-grain]").TextContent.ShouldBe("one row per day and department");
        page.Find("[data-testid=table-lineage]").GetAttribute("href").ShouldBe("/lineage?table=sales_daily");
        page.Find("[data-testid=table-columns]").TextContent.ShouldContain("decimal(18,2), dollars");
        // A day is no count, and has no separator of thousands; what turns the direction of reading is written out.
        Cells(page, 0).ShouldBe(["1276", "DELI", "$1,234.50", "3,210"]);
        Cells(page, 1).ShouldBe(["1276", "a\\u202Eb<script>", "$0.50", "–"]);
        page.Find("[data-testid=total-rows]").TextContent.ShouldBe("3");
        page.Find("[data-testid=total-sales_value]").TextContent.ShouldBe("$1,255.00");
        page.Find("[data-testid=total-lines]").TextContent.ShouldBe("3,215");
    }

    [Fact]
    public void Table_Paged_GoesThereAndBackByItsAddress()
    {
        AnswerAll();
        Insights.Answer($"{Rows}?limit=50", Sample.Rows("c1"), "\"7\"");
        Insights.Answer($"{Rows}?after=c1&limit=50", Sample.Rows("c2"), "\"7\"");
        Insights.Answer($"{Rows}?after=c2&limit=50", Sample.Rows(next: null), "\"7\"");

        var first = RenderPage();
        first.WaitForElement("[data-testid=next-page]").GetAttribute("href").ShouldBe("/tables/sales_daily?after=c1&trail=0");
        first.FindAll("[data-testid=previous-page]").ShouldBeEmpty();
        var second = RenderPage("?after=c1&trail=0");
        second.WaitForElement("[data-testid=next-page]").GetAttribute("href").ShouldBe("/tables/sales_daily?after=c2&trail=0.c1");
        second.Find("[data-testid=previous-page]").GetAttribute("href").ShouldBe("/tables/sales_daily");
        var third = RenderPage("?after=c2&trail=0.c1");

        third.WaitForElement("[data-testid=previous-page]").GetAttribute("href").ShouldBe("/tables/sales_daily?after=c1&trail=0");
        third.FindAll("[data-testid=next-page]").ShouldBeEmpty();
    }

    [Fact]
    public void Table_Sorted_IsALinkOfTheHeadingThatStartsOver()
    {
        AnswerAll();
        Insights.Answer($"{Rows}?department=DELI&sort=-salesValue&after=c1&limit=50", Sample.Rows(next: null), "\"7\"");

        var page = RenderPage("?filter=department%3DDELI&sort=-salesValue&after=c1&trail=0");

        page.WaitForElement("[data-testid=sort-salesValue]").GetAttribute("href").ShouldBe("/tables/sales_daily?filter=department%3DDELI&sort=salesValue");
        page.Find("[data-testid=sort-lines]").GetAttribute("href").ShouldBe("/tables/sales_daily?filter=department%3DDELI&sort=-lines");
        page.Find("th[aria-sort=descending]").TextContent.ShouldContain("sales_value");
    }

    [Fact]
    public void Table_Filtered_AsksForWhatTheAddressSaysAndOffersTheSameForDownload()
    {
        AnswerAll();
        Insights.Answer($"{Rows}?department=DELI&department=A%26B&from=5&to=9&limit=50", Sample.Rows(next: null), "\"7\"");

        var page = RenderPage("?filter=department%3DDELI%26department%3DA%2526B&from=5&to=9");

        page.WaitForElement("#filter-department").GetAttribute("value").ShouldBe("DELI, A&B");
        page.Find("#filter-from").GetAttribute("value").ShouldBe("5");
        page.Find("[data-testid=download-csv]").GetAttribute("href")
            .ShouldBe("/tables/sales_daily/download?format=csv&filter=department%3DDELI%26department%3DA%2526B&from=5&to=9");
        page.Find("[data-testid=filter-clear]").GetAttribute("href").ShouldBe("/tables/sales_daily");
    }

    [Theory]
    [InlineData("department", "DELI", "tables/sales_daily?filter=department%3DDELI&sort=lines")]
    [InlineData("department", "a=b&c", "tables/sales_daily?filter=department%3Da%253Db%2526c&sort=lines")]
    [InlineData("day", "1276", "tables/sales_daily?filter=day%3D1276&sort=lines")]
    [InlineData("from", "12", "tables/sales_daily?from=12&sort=lines")]
    public void Table_FilterTyped_IsTheAddress(string field, string text, string expected)
    {
        AnswerAll();
        Insights.Answer($"{Rows}?sort=lines&limit=50", Sample.Rows("c1"), "\"7\"");
        var page = RenderPage("?sort=lines");

        page.WaitForElement($"#filter-{field}").Change(text);

        Address.ShouldBe(expected);
    }

    [Fact]
    public void Table_OfAFormerVersion_KeepsToIt()
    {
        Insights.Answer("/version?version=5", Sample.Version(5), "\"5\"");
        Insights.Answer("/tables/sales_daily/about?version=5", Sample.Table, "\"5\"");
        Insights.Answer($"{Rows}?limit=50&version=5", Sample.Rows("c1"), "\"5\"");

        var page = RenderPage("?version=5");

        page.WaitForElement("[data-testid=next-page]").GetAttribute("href").ShouldBe("/tables/sales_daily?after=c1&trail=0&version=5");
        page.Find("[data-testid=download-parquet]").GetAttribute("href").ShouldBe("/tables/sales_daily/download?format=parquet&version=5");
    }

    [Fact]
    public void Table_RowsThatNoFilterFits_SaysSo()
    {
        AnswerAll();
        Insights.Answer($"{Rows}?department=deli&limit=50", Sample.Rows(next: null) with { Rows = [] }, "\"7\"");

        RenderPage("?filter=department%3Ddeli").WaitForElement("[data-testid=no-rows]").TextContent.ShouldContain("Texts have to be exact.");
    }

    [Fact]
    public void Table_NotMadeYet_SaysWhy()
    {
        AnswerVersion(7);
        Insights.Refuse("/tables/sales_daily/about", HttpStatusCode.NotFound, """{"title":"There is no table 'sales_daily'.","status":404,"detail":"The version has others."}""");
        Insights.Refuse($"{Rows}?limit=50", HttpStatusCode.ServiceUnavailable, """{"type":"urn:dunnhumby:problem:table-missing","title":"There is no sales_daily yet.","status":503,"detail":"It is made on a schedule."}""");

        RenderPage().WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("There is no sales_daily yet.");
    }

    private static List<string> Cells(IRenderedComponent<TablePage> page, int row) =>
        [.. page.FindAll("[data-testid=rows] tbody tr")[row].Children.Select(cell => cell.TextContent.Trim())];

    private IRenderedComponent<TablePage> RenderPage(string query = "")
    {
        Navigation.NavigateTo($"/tables/sales_daily{query}");
        return Render<TablePage>(parameters => parameters.Add(page => page.Name, "sales_daily"));
    }

    private void AnswerAll()
    {
        AnswerVersion(7);
        Insights.Answer("/tables/sales_daily/about", Sample.Table, "\"7\"");
        Insights.Answer($"{Rows}?limit=50", Sample.Rows(next: null), "\"7\"");
    }
}
