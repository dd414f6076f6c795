using System.Text;
using Dunnhumby.Ingestion.Service.Reading.Duplicates;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Duplicates;

/// <summary>How repeats are recognised follows from a table's declaration: tables that are none of the eight lose no row.</summary>
public sealed class MadeUpTableTests : IDisposable
{
    private readonly LakeLayout _layout = new(Directory.CreateTempSubdirectory("dunnhumby-made-up-").FullName);

    public MadeUpTableTests() => Directory.CreateDirectory(_layout.Staging);

    /// <summary>A set of rows of five columns, the fifth of which is all that tells some apart; with a text column, and with more than four numbers.</summary>
    [Theory]
    [InlineData(ColumnKind.Int32, "5", "6")]
    [InlineData(ColumnKind.Int64, "5000000000", "5000000001")]
    [InlineData(ColumnKind.Money, "0.05", "0.50")]
    [InlineData(ColumnKind.Text, "five", "six")]
    public void RowSet_OfFiveColumns_ComparesAllOfThem(ColumnKind fifth, string one, string other)
    {
        var table = new LakeTable("prices", ReplacementUnit.Row, ["a", "b", "c", "d", "e"], [.. "abcd".Select(name => Number($"{name}")), new LakeColumn("e", fifth)]);

        (Read(table, $"1,2,3,4,{one}", $"1,2,3,4,{other}", $"1,2,3,4,{one}", $"1,2,3,5,{one}")).ShouldBe((3, 1, 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void RowSet_OfUpToFourColumns_ComparesAllOfThem(int columns)
    {
        var names = "abcd"[..columns];
        var table = new LakeTable("narrow", ReplacementUnit.Row, [.. names.Select(name => $"{name}")], [.. names.Select(name => Number($"{name}"))]);
        string Row(int last) => string.Join(',', Enumerable.Repeat("7", columns - 1).Append($"{last}"));

        (Read(table, Row(1), Row(2), Row(1), Row(3), Row(2))).ShouldBe((3, 2, 0));
    }

    /// <summary>A key of a number and a text, and three columns beside it.</summary>
    [Fact]
    public void Key_OfSeveralColumns_IsTheWholeOfThem()
    {
        var table = new LakeTable("shelves", ReplacementUnit.Key, ["store", "aisle"], [Number("width"), Text("aisle"), Number("store"), Text("note"), Number("depth")]);

        var counts = Read(
            table,
            "10,A,1,x,5",
            "10,A,2,x,5", // Another store.
            "10,B,1,x,5", // Another aisle.
            "10,A,1,x,5", // Says the same again.
            "10,A,1,y,5", // Says something else.
            "10,A1,,x,5"); // No store: a fault of its own.
        counts.ShouldBe((3, 1, 2));
    }

    [Fact]
    public void Key_OfTwoColumnsThatRunIntoEachOther_IsNotTakenForAnother()
    {
        var table = new LakeTable("pairs", ReplacementUnit.Key, ["a", "b"], [Text("a"), Text("b"), Number("c")]);

        (Read(table, "x,yz,1", "xy,z,2", "xyz,,3", ",xyz,4")).ShouldBe((4, 0, 0));
    }

    /// <summary>The form of the promotion data under other names, in another order and with one code: checked by the same bits, and judged from the written file.</summary>
    [Fact]
    public void Key_OfThreeNumbersOneOfThemSmall_IsCheckedDenselyWhateverItsName()
    {
        var table = new LakeTable(
            "shelf_checks",
            ReplacementUnit.Key,
            ["month", "shop", "article"],
            [new LakeColumn("state", ColumnKind.Text) { Codes = ["full", "empty"] }, Number("article"), Number("month") with { Max = 12 }, Number("shop")]);
        DenseKeyColumns.Of(table).ShouldNotBeNull().Bounded.ShouldBe(2);

        (Read(table, "full,1,1,1", "empty,1,2,1", "full,1,1,2", "full,2,1,1", "full,1,1,1", "empty,1,1,1")).ShouldBe((4, 1, 1));
    }

    [Fact]
    public void Dense_OfTablesThatDoNotFit_IsNotTaken()
    {
        DenseKeyColumns.Of(LakeTables.Causal).ShouldNotBeNull().Codes.ShouldBe([3, 4]);
        foreach (var table in LakeTables.All.Where(table => table != LakeTables.Causal))
        {
            DenseKeyColumns.Of(table).ShouldBeNull();
        }

        LakeColumn[] key = [Number("a"), Number("b"), Number("c") with { Max = 100 }];
        DenseKeyColumns.Of(new LakeTable("texts", ReplacementUnit.Key, ["a", "b", "c"], [.. key, Text("d")])).ShouldBeNull();
        DenseKeyColumns.Of(new LakeTable("wide", ReplacementUnit.Key, ["a", "b", "c"], [Number("a"), Number("b"), Number("c")])).ShouldBeNull();
        DenseKeyColumns.Of(new LakeTable("below zero", ReplacementUnit.Key, ["a", "b", "c"], [key[0] with { Min = -1 }, key[1], key[2]])).ShouldBeNull();
    }

    public void Dispose() => Directory.Delete(_layout.Root, recursive: true);

    private static LakeColumn Number(string name) => new(name, ColumnKind.Int32) { Min = 0 };

    private static LakeColumn Text(string name) => new(name, ColumnKind.Text) { Nullable = true };

    private (long Loaded, long Deduplicated, long Quarantined) Read(LakeTable table, params string[] rows)
    {
        using var spool = new QuarantineSpool(_layout, capacity: 100);
        using var loader = new RowLoader(table, spool, new IngestionOptions());
        var header = string.Join(',', table.Columns.Select(column => column.Header));
        loader.Take(Encoding.UTF8.GetBytes(string.Join('\n', [header, .. rows, ""])), isLast: true, out _).ShouldBe(LoadStep.NeedsData);
        loader.End().ShouldBeNull();
        using var file = new StagedFile(_layout);
        using (var parquet = new ParquetTableWriter(table, file.Stream))
        {
            parquet.Write(loader.Batch);
            parquet.Close();
        }

        file.Finish();
        var conflicts = loader.Rows.Repeated.Count == 0 ? 0 : RepeatedKeys.Conflicts(table, loader.Rows.Repeated, file.CurrentPath).Count();
        loader.Rows.Read.ShouldBe(rows.Length);
        return (loader.Batch.Rows, loader.Rows.Deduplicated + loader.Rows.Repeated.Count - conflicts, spool.Count + conflicts);
    }
}
