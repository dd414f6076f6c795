using System.Net;
using System.Text.Json;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Messages;
using Dunnhumby.Contracts.Paging;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Tests.Loading.Replays;

/// <summary>The way of quarantined rows back into the lake. What replayed rows do to the tables is tested with the transform worker.</summary>
public sealed class ReplayTests(IngestionHost host) : IClassFixture<IngestionHost>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_OfAGroup_IsALoadWithTheRowsMendedAndARecordOfEach()
    {
        var load = await TransactionsAsync();

        var replay = await host.ReplayAsync(
            load.Id,
            new RowEdit(RowEditKinds.Replace, Reason: "not_a_number", Column: "SALES_VALUE", Field: "SALES_VALUE", From: "$", To: ""),
            new RowEdit(RowEditKinds.Drop, Lines: [5]));

        (replay.Mended, replay.Dropped).ShouldBe((2, 1));
        replay.By.ShouldMatch("^ingest:[0-9a-f]{16}$");
        replay.Load.ReplaysLoadId.ShouldBe(load.Id);
        (replay.Load.Read, replay.Load.Loaded, replay.Load.Quarantined, replay.Load.SalesValue).ShouldBe((2, 2, 0, 6.75m));
        (await Parquet.RowsAsync(host, replay.Load, "basket_id,sales_value")).ShouldBe(["31|2.50", "32|4.25"]);

        var rows = (await host.GetAsync<Page<MendedRow>>($"/loads/{replay.Load.Id}/mended")).Items;
        rows.Select(row => (row.LoadId, row.Line, row.State, row.At)).ShouldBe(
        [
            (load.Id, 3, RowStates.Mended, replay.Load.CompletedAt), (load.Id, 4, RowStates.Mended, replay.Load.CompletedAt), (load.Id, 5, RowStates.Dropped, replay.Load.CompletedAt),
        ]);
        rows[0].Before.ShouldBe("1,31,200,11,1,$2.50,300,0,930,29,0,0");
        rows[0].After.ShouldBe("1,31,200,11,1,2.50,300,0,930,29,0,0");
        rows[2].After.ShouldBeNull();
        rows.ShouldAllBe(row => row.By == replay.By);

        (await host.QuarantineAsync(load.Id)).Items.Select(row => (row.Line, row.State, row.ReplayLoadId)).ShouldBe(
        [
            (3, RowStates.Mended, replay.Load.Id), (4, RowStates.Mended, replay.Load.Id), (5, RowStates.Dropped, replay.Load.Id), (6, RowStates.Quarantined, null),
        ]);
        (await host.GetAsync<Page<QuarantinedRow>>($"/loads/{load.Id}/quarantine?state=quarantined")).Items.ShouldHaveSingleItem().Line.ShouldBe(6);
        (await host.GetAsync<Replay[]>($"/loads/{load.Id}/replays")).ShouldHaveSingleItem().ShouldBe(replay);
        (await AnnouncedAsync<LoadCompleted>()).ShouldContain(message => message.LoadId == replay.Load.Id && message.Loaded == 2);
    }

    [Fact]
    public async Task Summary_OfAQuarantine_CountsByReasonAndColumn()
    {
        var load = await TransactionsAsync();
        await host.ReplayAsync(load.Id, new RowEdit(RowEditKinds.Set, Lines: [3], Field: "SALES_VALUE", To: "1"), new RowEdit(RowEditKinds.Drop, Lines: [4]));

        var summary = await host.GetAsync<QuarantineSummary>($"/loads/{load.Id}/quarantine/summary");

        (summary.LoadId, summary.Rows, summary.Kept).ShouldBe((load.Id, 4, 4));
        summary.Groups.Select(group => (group.Reason, group.Column, group.Rows, group.Quarantined, group.Mended, group.Dropped, group.Cut)).ShouldBe(
            [("not_a_number", "SALES_VALUE", 2, 0, 1, 1, 0), ("invalid_time", "TRANS_TIME", 1, 1, 0, 0, 0), ("short_row", null, 1, 1, 0, 0, 0)]);
        (await host.GetAsync<Page<QuarantinedRow>>($"/loads/{load.Id}/quarantine?reason=short_row&column=")).Items.ShouldHaveSingleItem().Line.ShouldBe(6);
        (await host.GetAsync<Page<QuarantinedRow>>($"/loads/{load.Id}/quarantine?column=TRANS_TIME")).Items.ShouldHaveSingleItem().Line.ShouldBe(5);
    }

    [Fact]
    public async Task Replay_OfARowThatWasReplayed_IsAConflictUntilThatReplayIsWithdrawn()
    {
        var load = await TransactionsAsync();
        var edit = new RowEdit(RowEditKinds.Set, Lines: [3], Field: "SALES_VALUE", To: "1.00");
        var first = await host.ReplayAsync(load.Id, edit);
        using var again = await host.TryReplayAsync(load.Id, new MendRequest([edit]));
        await again.ProblemAsync(HttpStatusCode.Conflict, "already-replayed");

        await host.WithdrawAsync(first.Load.Id);
        var second = await host.ReplayAsync(load.Id, edit);

        second.Load.Id.ShouldBeGreaterThan(first.Load.Id);
        (await host.GetAsync<Page<MendedRow>>($"/loads/{first.Load.Id}/mended")).Items.ShouldHaveSingleItem().WithdrawnAt.ShouldNotBeNull();
        (await host.GetAsync<Load>($"/loads/{load.Id}")).State.ShouldBe(LoadStates.Completed);

        (await host.WithdrawAsync(load.Id)).State.ShouldBe(LoadStates.Withdrawn);
        (await host.GetAsync<Load>($"/loads/{second.Load.Id}")).State.ShouldBe(LoadStates.Withdrawn);
        var message = (await AnnouncedAsync<LoadWithdrawn>()).Single(message => message.LoadId == load.Id);
        (message.Rows, message.ReplayIds.Single()).ShouldBe((2, second.Load.Id));
        using var late = await host.TryReplayAsync(load.Id, new MendRequest([edit]));
        await late.ProblemAsync(HttpStatusCode.Conflict, "not-completed");
    }

    [Fact]
    public async Task Replay_OfARowManyTimesAtOnce_HappensOnce()
    {
        var load = await TransactionsAsync();
        var request = new MendRequest([new RowEdit(RowEditKinds.Set, Lines: [3], Field: "SALES_VALUE", To: "1.00")]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.TryReplayAsync(load.Id, request)));

        answers.Select(answer => answer.StatusCode).Order().ShouldBe([HttpStatusCode.Created, .. Enumerable.Repeat(HttpStatusCode.Conflict, 7)]);
        var replay = (await host.GetAsync<Replay[]>($"/loads/{load.Id}/replays")).ShouldHaveSingleItem();
        Directory.GetDirectories(Path.Combine(host.Lake, "transaction_data"), $"load={replay.Load.Id}").ShouldHaveSingleItem();
        await using var catalog = host.Catalog();
        var known = await catalog.Files.Select(file => file.Path).ToListAsync(Cancelled);
        host.Files().Where(file => file.EndsWith(".parquet", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(host.Lake, file)).ShouldBe(known, ignoreOrder: true);
    }

    [Fact]
    public async Task Replay_WithRowsStillFaulty_IsRefusedWholeUnlessTheyAreToBeLeft()
    {
        var load = await TransactionsAsync();
        var edits = new[]
        {
            new RowEdit(RowEditKinds.Set, Lines: [3], Field: "SALES_VALUE", To: "1.00"),
            new RowEdit(RowEditKinds.Set, Lines: [4], Field: "SALES_VALUE", To: "1.001"),
        };
        using var refused = await host.TryReplayAsync(load.Id, new MendRequest(edits));
        var problem = await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity, "still-faulty");
        problem.GetProperty("line").GetInt64().ShouldBe(4);
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("at most two decimals");
        (await host.GetAsync<Replay[]>($"/loads/{load.Id}/replays")).ShouldBeEmpty();

        using var accepted = await host.TryReplayAsync(load.Id, new MendRequest(edits, LeaveFaulty: true));

        accepted.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await host.QuarantineAsync(load.Id)).Items.Select(row => row.State).ShouldBe(
            [RowStates.Mended, RowStates.Quarantined, RowStates.Quarantined, RowStates.Quarantined]);
    }

    [Fact]
    public async Task Replay_OfFailedOrUnknownLoadOrByAReader_IsRefused()
    {
        var request = new MendRequest([new RowEdit(RowEditKinds.Drop, Reason: "not_a_number")]);
        using var upload = await host.UploadAsync("campaign_desc", Csv.File(Csv.CampaignHeader, "TypeA,x,1,2", Csv.Campaign()), "?maxQuarantined=0");
        var failed = (await upload.ProblemAsync(HttpStatusCode.UnprocessableEntity)).GetProperty("loadId").GetInt64();

        using var conflict = await host.TryReplayAsync(failed, request);
        using var unknown = await host.TryReplayAsync(999_999, request);
        using var reader = await host.TryReplayAsync(failed, request, IngestionHost.ReadKey);

        await conflict.ProblemAsync(HttpStatusCode.Conflict, "not-completed");
        await unknown.ProblemAsync(HttpStatusCode.NotFound, "unknown-load");
        reader.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>Line 2 is right; lines 3 and 4 have a currency sign, line 5 an impossible time, line 6 too few fields.</summary>
    private Task<Load> TransactionsAsync() => host.LoadAsync("transaction_data", Csv.File(
        Csv.TransactionHeader,
        Csv.Transaction(),
        "1,31,200,11,1,$2.50,300,0,930,29,0,0",
        "1,32,200,11,1,$4.25,300,0,930,29,0,0",
        "1,33,200,11,1,1.00,300,0,1260,29,0,0",
        "1,34,200"));

    private async Task<List<T>> AnnouncedAsync<T>()
    {
        await using var catalog = host.Catalog();
        var bodies = await catalog.Outbox.AsNoTracking().Where(row => row.Type == typeof(T).FullName).Select(row => row.Body).ToListAsync(Cancelled);
        return [.. bodies.Select(body => JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("A message has no body."))];
    }
}
