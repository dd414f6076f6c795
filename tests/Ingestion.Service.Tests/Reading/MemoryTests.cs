using System.Diagnostics;
using System.Net;
using System.Text;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Loading.Replays;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Ingestion.Service.Tests.Hosting;
using Dunnhumby.Ingestion.Service.Tests.Loading.Replays;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Tests.Reading;

/// <summary>Small requests take little memory and time, whatever is in them.</summary>
public sealed class MemoryTests(IngestionHost host) : IClassFixture<IngestionHost>, IDisposable
{
    private const long Megabyte = 1 << 20;

    private readonly LakeLayout _layout = new(Directory.CreateTempSubdirectory("dunnhumby-memory-").FullName);

    /// <summary>Repeats wait for the end of the file with their text, and a number may be written with thousands of zeros.</summary>
    [Fact]
    public void Read_ManyLongRepeats_KeepsThemOnDisk()
    {
        const int Repeats = 40_000;
        Directory.CreateDirectory(_layout.Staging);
        using var spool = new QuarantineSpool(_layout, capacity: 10);
        using var loader = new RowLoader(LakeTables.Find("causal_data").ShouldNotBeNull(), spool, new IngestionOptions());
        Feed(loader, "PRODUCT_ID,STORE_ID,WEEK_NO,display,mailer\n7,1,50,0,A\n");
        var repeats = string.Concat(Enumerable.Repeat($"{new string('0', 4_000)}7,1,50,3,A\n", 100));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var fed = 0; fed < Repeats; fed += 100)
        {
            Feed(loader, repeats);
        }

        loader.Rows.Repeated.Count.ShouldBe(Repeats);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(20 * Megabyte);
        loader.Rows.Repeated.Last().Raw.Text.Length.ShouldBe("7,1,50,3,A".Length + 4_000);
    }

    [Fact]
    public void Edit_EveryCharacterBecomesMany_IsNotMade()
    {
        var mender = new RowMender(LakeTables.Find("campaign_desc").ShouldNotBeNull(), ["description", "campaign", "start_day", "end_day"]);
        var text = $"TypeA,{new string('1', 4_000)},2,3";
        var edit = new RowEdit(RowEditKinds.Replace, Lines: [2], From: "1", To: new string('1', 65_000));
        var before = GC.GetAllocatedBytesForCurrentThread();

        mender.Apply(edit, text, maxCharacters: 1 << 20).ShouldBeNull();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Megabyte);
        mender.Apply(edit with { To = "11" }, text, maxCharacters: 1 << 20).ShouldNotBeNull().Length.ShouldBe(text.Length + 4_000);
    }

    [Fact]
    public async Task Check_EditThatMakesARowTooLong_SaysSo()
    {
        var load = await host.LoadAsync("campaign_desc", Csv.File("DESCRIPTION,CAMPAIGN,START_DAY,END_DAY", $"TypeA,x{new string('1', 3_000)},2,3"));

        var check = await host.CheckAsync(load.Id, new RowEdit(RowEditKinds.Replace, Lines: [2], From: "1", To: new string('1', 65_000)));

        var row = check.Rows.ShouldHaveSingleItem();
        row.Reason.ShouldBe("long_row");
        row.Message.ShouldNotBeNull().ShouldContain("would make the row longer than 1048576 bytes");
    }

    [Fact]
    public async Task Upload_HeaderOfAMillionColumns_IsRefusedAtOnce()
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await host.UploadAsync("campaign_desc", Encoding.UTF8.GetBytes(new string(',', 1_000_000) + "\n"));

        var problem = await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "extra-column");
        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("The first line has 1,000,001 fields.");
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    public void Dispose() => Directory.Delete(_layout.Root, recursive: true);

    private static void Feed(RowLoader loader, string text)
    {
        loader.Take(Encoding.UTF8.GetBytes(text), isLast: false, out var taken).ShouldBe(LoadStep.NeedsData);
        taken.ShouldBe(text.Length);
    }
}
