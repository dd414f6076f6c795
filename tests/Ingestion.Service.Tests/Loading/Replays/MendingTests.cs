using System.Net;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;

namespace Dunnhumby.Ingestion.Service.Tests.Loading.Replays;

/// <summary>What edits make of rows, judged by the rules of uploads.</summary>
public sealed class MendingTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    [Fact]
    public async Task Check_OfAFileWithOtherColumnOrder_EditsTheFieldOfTheColumn()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File("END_DAY,CAMPAIGN,DESCRIPTION,START_DAY", $"240,{Csv.Unique()},TypeA,220", "2x0,7,TypeB,220"));

        var check = await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Replace, Reason: "not_a_number", Column: "END_DAY", Field: "end_day", From: "x", To: "5"));

        (check.Taken, check.Passing, check.Faulty, check.Dropped).ShouldBe((1, 1, 0, 0));
        check.Rows.ShouldHaveSingleItem().After.ShouldBe("250,7,TypeB,220");
    }

    [Fact]
    public async Task Check_OfCampaignThatEndsBeforeItStarts_PassesOnceItDoesNot()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, $"TypeA,{Csv.Unique()},460,412"));

        var still = await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Set, Reason: "end_before_start", Field: "END_DAY", To: "459"));
        var mended = await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Set, Reason: "end_before_start", Field: "END_DAY", To: "460"));

        still.Rows.ShouldHaveSingleItem().Reason.ShouldBe("end_before_start");
        mended.Rows.ShouldHaveSingleItem().Reason.ShouldBeNull();
    }

    [Fact]
    public async Task Check_OfEveryKindOfEdit_ShowsTheRowAfterIt()
    {
        var load = await host.LoadAsync("product", Csv.File(
            Csv.ProductHeader,
            "1,1,GROCERY,Natonal,BUTTER,BUTTER,1 LB",
            "2,1,GROCERY,\u00A0Private\u00A0,\"A, \"\"B\"\"\",BUTTER,1 LB",
            "3,1,GROCERY,Other,BUTTER,BUTTER,1 LB",
            "4,1,GROCERY,X,BUTTER,BUTTER",
            "5,1,GROCERY,Local,BUTTER,BUTTER,1 LB"));

        var check = await host.CheckAsync(
            load.Id,
            new RowEdit(RowEditKinds.Replace, Lines: [2], From: "Natonal", To: "National"),
            new RowEdit(RowEditKinds.Trim, Lines: [3]),
            new RowEdit(RowEditKinds.Set, Lines: [3], Field: "CURR_SIZE_OF_PRODUCT", To: "a\nb"),
            new RowEdit(RowEditKinds.Set, Lines: [4], Field: "BRAND", To: "<script>"),
            new RowEdit(RowEditKinds.Set, Lines: [5], Field: "BRAND", To: "Private"),
            new RowEdit(RowEditKinds.Drop, Lines: [6]));

        (check.Taken, check.Passing, check.Faulty, check.Dropped).ShouldBe((5, 2, 2, 1));
        check.Rows.OrderBy(row => row.Line).Select(row => (row.After, row.Reason, row.Column)).ShouldBe(
        [
            ("1,1,GROCERY,National,BUTTER,BUTTER,1 LB", null, null),
            ("2,1,GROCERY,Private,\"A, \"\"B\"\"\",BUTTER,\"a\nb\"", null, null),
            ("3,1,GROCERY,<script>,BUTTER,BUTTER,1 LB", "unknown_code", "BRAND"),
            ("4,1,GROCERY,X,BUTTER,BUTTER", "short_row", null), // Its fields cannot be told apart: no edit of a field applies.
            (null, null, null),
        ]);
        check.Rows[0].Reason.ShouldNotBeNull();
        (await host.QuarantineAsync(load.Id)).Items.ShouldAllBe(row => row.State == RowStates.Quarantined);
    }

    [Theory]
    [InlineData("1,1,A,National,B,C,D\n2,1,A,National,B,C,D", "long_row")]
    [InlineData("1,1,\"A,National,B,C,D", "stray_quote")]
    [InlineData("1,1,A,National,B,C,D\0", "nul_byte")]
    [InlineData("   ", "whitespace_line")]
    [InlineData("PRODUCT_ID,MANUFACTURER,DEPARTMENT,BRAND,COMMODITY_DESC,SUB_COMMODITY_DESC,CURR_SIZE_OF_PRODUCT", "repeated_header")]
    [InlineData("1,1,A,National,\uFFFD,C,D", "invalid_utf8")]
    public async Task Check_OfATextThatIsNotARightRow_SaysWhy(string text, string reason)
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, Csv.Product(), $"{Csv.Unique()},1,A,?,B,C,D"));

        var check = await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Row, Lines: [3], To: text));

        (check.Faulty, check.Rows.ShouldHaveSingleItem().Reason).ShouldBe((1, reason));
    }

    [Fact]
    public async Task Check_OfBytesThatAreNoText_DoesNotTakeTheirReplacementForText()
    {
        byte[] row = [.. Encoding.UTF8.GetBytes($"{Csv.Unique()},1,CAF"), 0xC9, .. ",National,B,C,D\n"u8];
        using var response = await host.UploadAsync("product", [.. Encoding.UTF8.GetBytes(Csv.File(Csv.ProductHeader)), .. row]);
        var load = await response.LoadAsync();

        (await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Keep, Lines: [2]))).Rows.ShouldHaveSingleItem().Reason.ShouldBe("invalid_utf8");
        (await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Replace, Lines: [2], From: "\uFFFD", To: "É"))).Passing.ShouldBe(1);
    }

    [Fact]
    public async Task Check_OfACutRow_IsMendedByItsWholeTextOnly()
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, $"{Csv.Unique()},1,{new string('x', 5_000)},National,B,C,D"));
        (await host.QuarantineAsync(load.Id)).Items.ShouldHaveSingleItem().IsCut.ShouldBeTrue();

        var edited = await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Replace, Lines: [2], From: new string('x', 4_000), To: ",National,B,C,D"));
        var given = await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Row, Lines: [2], To: $"{Csv.Unique()},1,x,National,B,C,D"));

        edited.Rows.ShouldHaveSingleItem().Message.ShouldNotBeNull().ShouldContain("Only the first 4096 characters");
        given.Passing.ShouldBe(1);
    }

    [Fact]
    public async Task Replay_OfTheSecondRowOfAKey_IsTakenAsItIs()
    {
        var id = Csv.Unique();
        var load = await host.LoadAsync("causal_data", Csv.File("PRODUCT_ID,STORE_ID,WEEK_NO,display,mailer", $"{id},1,50,0,A", $"{id},1,50,3,A", $"{id},1,50,5,A"));

        // Both at once would be two rows of one key again: the second of them is the faulty one.
        (await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Keep, Reason: "duplicate_key"))).Rows.Select(row => (row.Line, row.Reason)).ShouldBe([(4, "duplicate_key"), (3, null)]);
        var replay = await host.ReplayAsync(load.Id, new RowEdit(RowEditKinds.Keep, Lines: [3]), new RowEdit(RowEditKinds.Drop, Lines: [4]));

        (await Parquet.RowsAsync(host, replay.Load, "display")).ShouldBe(["3"]);
    }

    [Theory]
    [InlineData("replace", "BRAND", null, "x")]
    [InlineData("set", null, null, "x")]
    [InlineData("set", "NO_COLUMN", null, "x")]
    [InlineData("row", null, null, "x")]
    [InlineData("nonsense", null, null, null)]
    [InlineData("replace", "BRAND", "a\0b", "?")]
    [InlineData("set", "BRAND\0", null, "National")]
    [InlineData("drop\0", null, null, null)]
    public async Task Check_OfAnEditThatIsNotUnderstood_IsAProblem(string kind, string? field, string? from, string? to)
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, $"{Csv.Unique()},1,A,?,B,C,D"));

        using var response = await host.TryReplayAsync(load.Id, new MendRequest([new RowEdit(kind, Reason: "unknown_code", Field: field, From: from, To: to)]));

        await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-edits");
    }

    [Theory]
    [InlineData("unknown_code\0", null)]
    [InlineData("unknown_code", "BRAND\0")]
    public async Task Check_OfAGroupWithNul_IsAProblem(string reason, string? column)
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, $"{Csv.Unique()},1,A,?,B,C,D"));

        using var response = await host.TryReplayAsync(load.Id, new MendRequest([new RowEdit(RowEditKinds.Drop, Reason: reason, Column: column)]));

        await response.ProblemAsync(HttpStatusCode.BadRequest, "invalid-edits");
    }

    [Fact]
    public async Task Check_OfRowsThatAreNotThere_IsAProblem()
    {
        var load = await host.LoadAsync("product", Csv.File(Csv.ProductHeader, $"{Csv.Unique()},1,A,?,B,C,D"));

        using var line = await host.TryReplayAsync(load.Id, new MendRequest([new RowEdit(RowEditKinds.Drop, Lines: [17])]));
        using var group = await host.TryReplayAsync(load.Id, new MendRequest([new RowEdit(RowEditKinds.Drop, Reason: "unknown_code", Column: "")]));

        (await line.ProblemAsync(HttpStatusCode.UnprocessableEntity, "nothing-to-mend")).GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("17");
        await group.ProblemAsync(HttpStatusCode.UnprocessableEntity, "nothing-to-mend");
    }
}
