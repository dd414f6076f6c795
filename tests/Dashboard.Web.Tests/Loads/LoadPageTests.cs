using Bunit;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Loads;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Loads;

public sealed class LoadPageTests : PageContext
{
    [Fact]
    public void Load_QuarantinedMarkup_IsTextAndInvisibleCharactersAreWrittenOut()
    {
        Answer(Sample.Load(5), new QuarantinedRow(40, 2_210, Column: null, "too_few_fields", "12 fields expected, 3 found.", "<script>alert(1)</script>,a\u202Eb"));

        var page = RenderPage();

        var raw = page.WaitForElement("td.raw");
        raw.TextContent.ShouldContain("<script>alert(1)</script>,a");
        raw.QuerySelectorAll("script").ShouldBeEmpty();
        raw.QuerySelector(".esc").ShouldNotBeNull().TextContent.ShouldBe("\\u202E");
        page.Markup.ShouldNotContain("\u202E");
        page.Find("[data-testid=quarantine]").TextContent.ShouldContain("whole row");
    }

    [Fact]
    public void Load_Completed_ShowsThatItsRowsReconcile()
    {
        Answer(Sample.Load(5));

        var page = RenderPage();

        page.WaitForElement("[data-testid=load-figures]").QuerySelectorAll("dd").Select(figure => figure.TextContent).ShouldBe(["100", "97", "2", "1", "$215,000.12"]);
        page.Find("[data-testid=no-quarantine]");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("day\u202E 2.csv", "day\\u202E 2.csv")]
    public void Load_WithAFileName_ShowsItWithNothingHidden(string? name, string? expected)
    {
        Answer(Sample.Load(5) with { FileName = name });

        var page = RenderPage();

        page.WaitForElement("[data-testid=load-figures]");
        (page.FindAll("[data-testid=load-file]") is [var shown] ? shown.TextContent.Trim() : null).ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0L, null)]
    [InlineData(1L, "1 field spans several lines, the first in line 1,007.")]
    [InlineData(2_500L, "2,500 fields span several lines, the first in line 1,007.")]
    public void Load_WithFieldsThatSpanLines_SaysHowManyAndWhere(long? fields, string? notice)
    {
        Answer(Sample.Load(5) with { MultilineFields = fields, FirstMultilineLine = fields > 0 ? 1_007 : null });

        var page = RenderPage();

        page.WaitForElement("[data-testid=load-figures]");
        var shown = page.FindAll("[data-testid=load-multiline]");
        shown.Count.ShouldBe(notice is null ? 0 : 1);
        if (notice is not null)
        {
            shown[0].TextContent.ShouldContain(notice);
        }
    }

    [Fact]
    public void Load_WithSales_ShowsWhereEveryCentWent()
    {
        Answer(Sample.Load(5) with { Sales = new SalesReconciliation(215_010.12m, 215_000.12m, 10m, 0m, 0m, 1) });

        var page = RenderPage();

        page.WaitForElement("[data-testid=reconciliation]").QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent))).ShouldBe(
            ["Read|100|$215,010.12", "= loaded|97|$215,000.12", "+ quarantined|2|$10.00", "+ deduplicated|1|$0.00"]);
        page.Find("[data-testid=reconciles]").TextContent.ShouldContain("It adds up, to the row and to the cent.");
        page.Find("[data-testid=unreadable]").TextContent.ShouldContain("1 quarantined row ");
    }

    [Fact]
    public void Load_ThatLostACent_SaysSo()
    {
        Answer(Sample.Load(5) with { Sales = new SalesReconciliation(215_010.13m, 215_000.12m, 10m, 0m, 0m, 0) });

        RenderPage().WaitForElement("[data-testid=reconciles]").TextContent.ShouldContain("It does not add up");
    }

    [Fact]
    public void Load_StillRunning_ShowsItsProgress()
    {
        var running = new RunningLoad(
            5, "causal_data", LoadStates.Running, FileName: null, BatchId: null, Sample.Published, 10, TotalBytes: null, 7, 0, 3, 4, EstimatedEnd: null, Sample.Published.AddSeconds(2));
        Ingestion.Answer("/loads/5", running);
        Ingestion.Answer("/loads?state=running", new Page<RunningLoad>([running], Next: null));

        RenderPage().WaitForElement("[data-testid=running-5]").TextContent.ShouldContain("end not known");
    }

    [Fact]
    public void Load_Failed_SaysThatNothingWasLoaded()
    {
        Answer(Sample.Load(5, LoadStates.Failed));

        RenderPage().WaitForElement("[data-testid=load-failed]").TextContent.ShouldContain("none was loaded");
    }

    [Fact]
    public void Load_Withdrawn_AfterTheQuestionOnly()
    {
        Answer(Sample.Load(5));
        var page = RenderPage();

        page.WaitForElement("[data-testid=withdraw]").Click();
        Ingestion.Answer("/loads/5", Sample.Load(5, LoadStates.Withdrawn) with { WithdrawnAt = Sample.Published, WithdrawnBy = "ingest:01234567" });
        page.Find("[data-testid=withdraw-confirm]").Click();

        page.WaitForElement("[data-testid=load-withdrawn]").TextContent.ShouldContain("ingest:01234567");
        page.FindAll("[data-testid=withdraw]").ShouldBeEmpty();
    }

    [Fact]
    public void Load_SuspectedOfAFailure_SaysWhatToDoAndNotThatItAddsUp()
    {
        Answer(Sample.Load(5));
        Insights.Answer("/version", Sample.Version(7) with { StaleTables = [Sample.Stale("campaign_summary", "A sum is too large.", [5], [5])] });

        var page = RenderPage();

        var held = page.WaitForElement("[data-testid=held-back]");
        held.TextContent.ShouldContain("This load seems to block figures");
        held.TextContent.ShouldContain("could not be computed with them: campaigns.");
        held.TextContent.ShouldContain("A sum is too large.");
        page.Find("[data-testid=reconciles]").TextContent.ShouldNotContain("adds up");
        page.Find("[data-testid=withdraw]");
    }

    [Fact]
    public void Load_HeldBackByAnother_NamesTheOther()
    {
        Answer(Sample.Load(5));
        Insights.Answer("/version", Sample.Version(7) with { StaleTables = [Sample.Stale("campaign_summary", "A sum is too large.", [4], [4, 5])] });

        var held = RenderPage().WaitForElement("[data-testid=held-back]");

        held.TextContent.ShouldContain("Not in all figures yet");
        held.QuerySelector("a").ShouldNotBeNull().GetAttribute("href").ShouldBe("/loads/4");
    }

    private IRenderedComponent<LoadPage> RenderPage() => Render<LoadPage>(parameters => parameters.Add(page => page.Id, "5"));

    private void Answer(Load load, params QuarantinedRow[] rows)
    {
        Ingestion.Answer("/loads/5", load);
        Ingestion.Answer("/loads/5/quarantine?limit=25", new Page<QuarantinedRow>(rows, Next: null));
    }
}
