using CsCheck;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Duplicates;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Files;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Duplicates;

public sealed class DenseKeysTests
{
    /// <summary>Against a set of the keys themselves: few of each so that they repeat, and products on many pages.</summary>
    [Fact]
    public void Judge_AnyKeysInAnyOrder_KnowsExactlyThoseThatCameBefore() =>
        Gen.Select(Gen.Int[0, 3_000], Gen.Int[0, 40], Gen.Int[1, 102]).Array[0, 3_000].Sample(
            keys =>
            {
                using var judged = Causal();
                var known = new HashSet<(int, int, int)>();
                var batch = new RowBatch(LakeTables.Causal);
                foreach (var (product, store, week) in keys)
                {
                    Set(batch, product, store, week);
                    judged.Judge(batch, 0).ShouldBe(known.Add((product, store, week)) ? Verdict.New : Verdict.Undecided);
                }
            },
            iter: 200);

    [Fact]
    public void Admit_KeysScatteredOverMillionsOfStores_IsRefusedWithinBoundedMemory()
    {
        using var spool = new QuarantineSpool(new LakeLayout(Path.GetTempPath()), capacity: 1);
        using var rows = new RowAdmission(LakeTables.Causal, spool);
        var batch = new RowBatch(LakeTables.Causal);
        Rejection? refused = null;
        for (var number = 0; number < 5_000_000 && refused is null; number++)
        {
            Set(batch, number, number, 1);
            batch.Rows = 0;
            refused = rows.Admit(batch, row: default, number, offset: 0);
        }

        refused.ShouldNotBeNull().Code.ShouldBe("too-scattered");
    }

    [Fact]
    public void Judge_MoreProductsThanAreRemembered_HasNoRoomForNewOnesAndKnowsTheOthers()
    {
        using var judged = Causal();
        var batch = new RowBatch(LakeTables.Causal);
        for (var product = 0; product < NumberIndex.MaxNumbers; product++)
        {
            Set(batch, product, 1, 1);
            judged.Judge(batch, 0).ShouldBe(Verdict.New);
        }

        Set(batch, -1, 1, 1);
        judged.Judge(batch, 0).ShouldBe(Verdict.NoRoom);
        Set(batch, 7, 1, 1);
        judged.Judge(batch, 0).ShouldBe(Verdict.Undecided);
    }

    private static DenseKeys Causal() => new(DenseKeyColumns.Of(LakeTables.Causal).ShouldNotBeNull());

    private static void Set(RowBatch batch, int product, int store, int week)
    {
        ((Int32Buffer)batch.Columns[0]).Values[0] = product;
        ((Int32Buffer)batch.Columns[1]).Values[0] = store;
        ((Int32Buffer)batch.Columns[2]).Values[0] = week;
    }
}
