using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Loading.Replays;

/// <summary>Of a long row only the beginning is kept, and its quarantine knows that, whatever characters it has.</summary>
public sealed class CutRowTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    /// <summary>The kept text is 4,096 UTF-16 code units. An emoji is two of them, and one character of the database.</summary>
    private const int Kept = 4_096;

    [Theory]
    [InlineData("", Kept, false)]
    [InlineData("", Kept + 1, true)]
    [InlineData("😀😀", Kept, false)]
    [InlineData("😀😀", Kept + 1, true)]
    [InlineData("😀😀", 3 * Kept, true)]
    [InlineData("é", Kept + 1, true)]
    public async Task Quarantine_RowOfSomeLength_IsCutExactlyWhenItIsLonger(string characters, int length, bool isCut)
    {
        // Too long a department is a fault, whatever the row's length; the size at the end is what a cut loses.
        var start = $"{Csv.Unique()},1,{characters}";
        const string End = ",National,B,B,1 LB";
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, start + new string('x', length - start.Length - End.Length) + End));

        var row = (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem();
        (row.IsCut, row.RawText.Length).ShouldBe((isCut, Math.Min(length, Kept)));
        (await host.GetAsync<QuarantineSummary>($"/loads/{load.Id}/quarantine/summary")).Groups.ShouldHaveSingleItem().Cut.ShouldBe(isCut ? 1 : 0);
    }

    [Fact]
    public async Task Replay_OfACutRowWithTwoEmoji_IsRefusedUnlessItsWholeTextIsGiven()
    {
        // The cut falls into the last field: what is kept is a row with all of its fields, whose size is a part of what was sent.
        var row = $"{Csv.Unique()},1,😀😀,Natonal,B,B,{new string(' ', 5_000)}1 LB";
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, row));
        var mend = new RowEdit(RowEditKinds.Replace, Reason: "unknown_code", Field: "BRAND", From: "Natonal", To: "National");
        var shorten = new RowEdit(RowEditKinds.Trim, Reason: "unknown_code");

        var check = await host.CheckAsync(load.Id, mend, shorten);
        (check.Passing, check.Faulty).ShouldBe((0, 1));
        check.Rows.ShouldHaveSingleItem().Reason.ShouldBe("text_too_long");

        var replay = await host.ReplayAsync(load.Id, new RowEdit(RowEditKinds.Row, Lines: [2], To: $"{Csv.Unique()},1,😀😀,National,B,B,1 LB"));
        replay.Load.Loaded.ShouldBe(1);
    }
}
