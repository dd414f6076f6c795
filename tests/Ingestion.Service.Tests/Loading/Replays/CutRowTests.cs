using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.Lake;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.TestSupport.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Tests.Loading.Replays;

/// <summary>Of a long row only the beginning is kept, and its quarantine knows that, whatever characters it has.</summary>
public sealed class CutRowTests(IngestionHost host, PostgresFixture postgres) : IClassFixture<IngestionHost>
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

    /// <summary>Rows that were set aside before it was stored: what may have been cut counts as cut.</summary>
    [Fact]
    public async Task Migration_OfRowsFromBefore_TakesThoseForCutThatMayBe()
    {
        var options = new DbContextOptionsBuilder<LakeCatalog>();
        options.UseCatalog(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken)) { Pooling = false }));
        await using var catalog = new LakeCatalog(options.Options);
        var migrator = catalog.GetService<IMigrator>();
        await migrator.MigrateAsync("UploadBatches", TestContext.Current.CancellationToken);
        (long Line, string Text, bool IsCut)[] rows =
        [
            (2, new string('x', 4_094), false),
            (3, new string('x', 4_095), true),
            (4, new string('x', 4_096), true),
            (5, "😀😀" + new string('x', 4_092), true),
            (6, string.Concat(Enumerable.Repeat("😀", 2_048)), true),
            (7, string.Concat(Enumerable.Repeat("😀", 2_046)), false),
            (8, "short", false),
        ];
        await catalog.Database.ExecuteSqlRawAsync(
            """
            insert into catalog.loads (id, dataset, state, sha256, bytes, read, loaded, quarantined, deduplicated, blank_lines, discarded, received_at, completed_at)
            values (1, 'product', 'failed', '', 0, 0, 0, 0, 0, 0, 0, now(), now())
            """,
            TestContext.Current.CancellationToken);
        foreach (var row in rows)
        {
            await catalog.Database.ExecuteSqlAsync(
                $"insert into catalog.quarantined_rows (load_id, line, byte_offset, reason, message, raw_text) values (1, {row.Line}, 0, '', '', {row.Text})",
                TestContext.Current.CancellationToken);
        }

        await migrator.MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);

        var cut = await catalog.QuarantinedRows.OrderBy(row => row.Line).Select(row => row.IsCut).ToListAsync(TestContext.Current.CancellationToken);
        cut.ShouldBe(rows.Select(row => row.IsCut));
    }
}
