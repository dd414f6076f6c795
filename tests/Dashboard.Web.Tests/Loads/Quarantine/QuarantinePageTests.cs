using System.Net;
using Bunit;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Dashboard.Web.Loads.Quarantine;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Loads.Quarantine;

public sealed class QuarantinePageTests : PageContext
{
    private const string Rows = "/loads/5/quarantine?reason=not_a_number&limit=25&column=SALES_VALUE";

    [Fact]
    public void Group_CheckedAndReplayed_ShowsTheOutcomeAndTheNewLoad()
    {
        Answer(Sample.Load(5));
        Ingestion.Answer("/loads/5/quarantine/check", new MendCheck(2, 1, 1, 0, [
            new CheckedRow(4, "<b>x</b>", "<b>x</b>", "SALES_VALUE", "not_a_number", "SALES_VALUE must be an amount such as 12.34."),
            new CheckedRow(3, "$1", "1", null, null, null),
        ]));
        var page = Render<QuarantinePage>(parameters => parameters.Add(page => page.Id, "5"));

        page.WaitForElement("#mend-from").Change("$");
        page.Find("[data-testid=mend-replay]").HasAttribute("disabled").ShouldBeTrue();
        page.Find("[data-testid=mend-check]").Click();

        page.WaitForElement("[data-testid=mend-rows]").TextContent.ShouldContain("must be an amount");
        page.Find("[data-testid=mend-outcome]").TextContent.ShouldContain("1 right, 1 still faulty");
        page.FindAll("[data-testid=mend-rows] b").ShouldBeEmpty();
        Ingestion.Answer("/loads/5/replays", new Replay(Sample.Load(9) with { ReplaysLoadId = 5 }, 1, 0, "ingest:01234567"));
        page.Find("[data-testid=mend-replay]").Click();

        page.WaitForAssertion(() => page.Find("[data-testid=replayed]").TextContent.ShouldContain("load 9"));
    }

    [Fact]
    public void Edit_AfterTheCheck_HasToBeCheckedAgain()
    {
        Answer(Sample.Load(5));
        Ingestion.Answer("/loads/5/quarantine/check", new MendCheck(1, 0, 0, 1, [new CheckedRow(3, "$1", null, null, null, null)]));
        var page = Render<QuarantinePage>(parameters => parameters.Add(page => page.Id, "5"));

        page.WaitForElement("[data-testid=mend-kind]").Change("drop");
        page.Find("[data-testid=mend-check]").Click();
        page.WaitForAssertion(() => page.Find("[data-testid=mend-replay]").HasAttribute("disabled").ShouldBeFalse());
        page.Find("[data-testid=mend-kind]").Change("keep");

        page.Find("[data-testid=mend-replay]").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void Quarantine_OfAFailedLoad_SaysThatRowsCannotBeReplayed()
    {
        Answer(Sample.Load(5, LoadStates.Failed));

        var page = Render<QuarantinePage>(parameters => parameters.Add(page => page.Id, "5"));

        page.WaitForElement("[data-testid=not-mendable]").TextContent.ShouldContain("Correct the file");
        page.FindAll("[data-testid=mend-check]").ShouldBeEmpty();
    }

    [Fact]
    public void Quarantine_WithoutAnswer_SaysWhy()
    {
        Ingestion.Refuse("/loads/5", HttpStatusCode.Unauthorized, "{}");

        Render<QuarantinePage>(parameters => parameters.Add(page => page.Id, "5")).WaitForElement("[data-testid=state-error]").TextContent.ShouldContain("key");
    }

    private void Answer(Load load)
    {
        Ingestion.Answer("/loads/5", load);
        Ingestion.Answer("/datasets", Sample.Datasets(DatasetNames.Transactions));
        Ingestion.Answer("/loads/5/replays", Array.Empty<Replay>());
        Ingestion.Answer("/loads/5/quarantine/summary", new QuarantineSummary(5, 2, 2, [new QuarantineGroup("not_a_number", "SALES_VALUE", "must be an amount", 2, 2, 0, 0, 0)]));
        Ingestion.Answer(Rows, new Page<QuarantinedRow>([new QuarantinedRow(3, 10, "SALES_VALUE", "not_a_number", "must be an amount", "$1")], Next: null));
    }
}
