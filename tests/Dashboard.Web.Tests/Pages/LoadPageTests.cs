using Bunit;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Components.Pages;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Pages;

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

    private IRenderedComponent<LoadPage> RenderPage() => Render<LoadPage>(parameters => parameters.Add(page => page.Id, 5));

    private void Answer(Load load, params QuarantinedRow[] rows)
    {
        Ingestion.Answer("/loads/5", load);
        Ingestion.Answer("/loads/5/quarantine?limit=25", new Page<QuarantinedRow>(rows, Next: null));
    }
}
