using Bunit;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Lake;
using Dunnhumby.Contracts.Messaging;
using Dunnhumby.Dashboard.Web.Lake;
using Dunnhumby.Dashboard.Web.Tests.Stubs;

namespace Dunnhumby.Dashboard.Web.Tests.Lake;

public sealed class LakePageTests : PageContext
{
    private static readonly CareRound Round = new(Sample.Published, 0.4, 16, 2, 0, 0, 0);

    [Fact]
    public void Lake_Files_AreCountedAndAddedUp()
    {
        Ingestion.Answer("/lake", Lake());
        Ingestion.Answer("/outbox", new OutboxState(0, OldestAt: null, 0, LastError: null, Sample.Published));

        var page = Render<LakePage>();

        page.WaitForElement("[data-testid=lake-tables]");
        page.Find("[data-testid=lake-rows]").TextContent.ShouldBe("3,000"); // 2,000 + 1,000
        page.Find("[data-testid=lake-files]").TextContent.ShouldBe("5"); // 2 + 3
        page.Find("[data-testid=lake-size]").TextContent.ShouldBe("1.5 MB"); // 1,000,000 + 500,000
        page.Find("[data-testid=care]").TextContent.ShouldContain("3 minutes ago: 16 files became 2");
        page.WaitForAssertion(() => page.Find("[data-testid=outbox]").TextContent.ShouldContain("all sent"));
        page.FindAll("[data-testid=faults]").ShouldBeEmpty();
    }

    [Fact]
    public void Lake_DamageAndUnsentMessages_AreSaidWithWhatToDo()
    {
        Ingestion.Answer("/lake", Lake() with { Faults = ["coupon/load=3/part-00000.parquet is missing: 7 rows of load 3 cannot be read."] });
        Ingestion.Answer("/outbox", new OutboxState(2, Sample.Published, 9, "No queue takes it", Sample.Published.AddMinutes(5)));

        var page = Render<LakePage>();

        page.WaitForElement("[data-testid=faults]").TextContent.ShouldContain("7 rows of load 3 cannot be read.");
        page.WaitForAssertion(() => page.Find("[data-testid=outbox]").TextContent.ShouldContain("2 unsent"));
        page.Find("[data-testid=outbox]").TextContent.ShouldContain("written 5 minutes ago and tried 9 times");
        page.Find("[data-testid=outbox-unsent]").TextContent.ShouldBe("2");
    }

    private static LakeState Lake() => new(
        [new LakeTableState(DatasetNames.Transactions, 17, 2_000, 2, 2, 2, 1_000_000), new LakeTableState(DatasetNames.Coupons, 3, 1_000, 3, 0, 3, 500_000)],
        RetiredFiles: 0,
        RetiredBytes: 0,
        Faults: [],
        Round,
        Round,
        OrphansRemoved: 4);
}
