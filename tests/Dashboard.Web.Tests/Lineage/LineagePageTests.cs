using Bunit;
using Dunnhumby.Contracts.Lineage;
using Dunnhumby.Dashboard.Web.Lineage;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Lineage;

public sealed class LineagePageTests : PageContext
{
    public LineagePageTests()
    {
        AnswerVersion(7);
        Insights.Answer("/lineage", LineageSample.Graph);
    }

    [Fact]
    public void Lineage_OfAVersion_IsDrawnAndListed()
    {
        var page = Render<LineagePage>();

        var drawing = page.WaitForElement("[data-testid=lineage-drawing]");
        drawing.QuerySelectorAll("a").Length.ShouldBe(9);
        drawing.QuerySelector("a[data-name=daily]").ShouldNotBeNull().GetAttribute("aria-label").ShouldBe("daily, published table, fresh, made from lines");
        drawing.QuerySelector("a[data-name='page /days/{Day}']").ShouldNotBeNull().GetAttribute("href").ShouldBe("/days");
        drawing.QuerySelectorAll(".old").Length.ShouldBe(1);
        page.Find("[data-testid=lineage-summary]").TextContent.ShouldBe("2 data sets and 3 models make 2 published tables.");
        page.FindAll("tbody tr").Count.ShouldBe(7);
        page.Find("[data-testid=lineage-list]").TextContent.ShouldContain("Days, Day");
        page.FindAll("[data-testid=lineage-table]").ShouldBeEmpty();
    }

    [Fact]
    public void Lineage_OfAChosenTable_SaysWhereEachColumnComesFrom()
    {
        Navigation.NavigateTo("/lineage?table=daily");

        var page = Render<LineagePage>();

        var panel = page.WaitForElement("[data-testid=lineage-table]");
        panel.QuerySelectorAll("[data-testid=lineage-columns] tbody tr").Select(row => string.Join(" | ", row.Children.Select(Text))).ShouldBe(
        [
            "day | integer | DAY | The DAY. | lines.day",
            "sales | decimal(18,2) | dollars | Its sales. Source: a book. | lines.sales (aggregated)",
            "lines | bigint | lines | Its lines. | rows of lines (aggregated)",
            "kind | text |  | All the same. | a constant",
            "odd | text |  | Nobody knows. | and perhaps more: its expression is not understood",
        ]);
        panel.QuerySelector("[data-testid=lineage-columns] a[href='/lineage?table=lines']").ShouldNotBeNull();
        Text(panel.QuerySelector("[data-testid=lineage-loads]")!).ShouldBe("load 4 (transaction_data)");
        Text(panel.QuerySelector("[data-testid=lineage-readers]")!).ShouldBe("summary, page Days, page Day, GET /daily");
        Text(panel.QuerySelector("[data-testid=lineage-deciders]")!).ShouldBe("lines.day (group)");
        panel.QuerySelectorAll("[data-testid=lineage-tests] li").Select(Text).ShouldBe(
            ["The key of daily is unique. Otherwise the table is held back.", "It is not odd. Otherwise the version has a notice."]);
        Text(panel.QuerySelector("dl")!).ShouldContain("Computed 2026-01-05 12:00:00 UTC, for version 7");
        var drawing = page.Find("[data-testid=lineage-drawing]");
        drawing.QuerySelector("a[aria-current=true]").ShouldNotBeNull().GetAttribute("data-name").ShouldBe("daily");
        drawing.QuerySelectorAll(".aside").Select(box => box.GetAttribute("data-name")).ShouldBe(["coupon", "spend"], ignoreOrder: true);
    }

    [Fact]
    public void Lineage_OfAStaleTable_SaysWhy()
    {
        Navigation.NavigateTo("/lineage?table=summary");

        var panel = Render<LineagePage>().WaitForElement("[data-testid=lineage-table]");

        panel.QuerySelector("[data-testid=lineage-state]").ShouldNotBeNull().TextContent.ShouldBe("stale");
        panel.TextContent.ShouldContain("A sum is too large.");
    }

    [Fact]
    public void Lineage_WithATableThatIsNotThere_SaysSo()
    {
        Navigation.NavigateTo("/lineage?table=nothing");

        Render<LineagePage>().WaitForElement("[data-testid=unknown-table]").TextContent.ShouldContain("nothing");
    }

    [Fact]
    public void Lineage_OfAVersionFromBefore_SaysThatTheNextRunAddsIt()
    {
        Insights.Answer("/lineage", new LineageGraph(7, Sample.Published, 41, [], [], []));

        Render<LineagePage>().WaitForElement("[data-testid=no-lineage]").TextContent.ShouldContain("next run");
    }

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" ,", ",", StringComparison.Ordinal);
}
