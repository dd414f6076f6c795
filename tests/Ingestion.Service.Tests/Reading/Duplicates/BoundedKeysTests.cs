using Dunnhumby.Ingestion.Service.Reading.Duplicates;
using Dunnhumby.Lake.Parquet;
using Dunnhumby.Lake.Tables;

namespace Dunnhumby.Ingestion.Service.Tests.Reading.Duplicates;

/// <summary>Tables of which every unit is remembered: up to a bound, whatever the file's size.</summary>
public sealed class BoundedKeysTests
{
    private readonly RowBatch _campaigns = new(LakeTables.Campaigns);
    private readonly RowBatch _coupons = new(LakeTables.Coupons);

    [Fact]
    public void Judge_MoreKeysThanAreRemembered_HasNoRoomForNewOnesAndKnowsTheOthers()
    {
        var judged = new KeyedRows(LakeTables.Campaigns);
        for (var key = 0; key < KeyedRows.MaxKeys; key++)
        {
            judged.Judge(Campaign(key, 1), 0).ShouldBe(Verdict.New);
        }

        judged.Judge(Campaign(-1, 1), 0).ShouldBe(Verdict.NoRoom);
        judged.Judge(Campaign(7, 1), 0).ShouldBe(Verdict.Repeat);
        judged.Judge(Campaign(7, 2), 0).ShouldBe(Verdict.Conflict);
    }

    [Fact]
    public void Judge_MoreRowsThanAreRemembered_HasNoRoomForNewOnesAndKnowsTheOthers()
    {
        var judged = new RowSet(LakeTables.Coupons);
        for (var row = 0; row < RowSet.MaxRows; row++)
        {
            judged.Judge(Coupon(row), 0).ShouldBe(Verdict.New);
        }

        judged.Judge(Coupon(-1), 0).ShouldBe(Verdict.NoRoom);
        judged.Judge(Coupon(7), 0).ShouldBe(Verdict.Repeat);
    }

    private RowBatch Campaign(int key, int day)
    {
        ((Int32Buffer)_campaigns.Columns[1]).Values[0] = key;
        ((Int32Buffer)_campaigns.Columns[2]).Values[0] = day;
        return _campaigns;
    }

    private RowBatch Coupon(int product)
    {
        ((Int32Buffer)_coupons.Columns[1]).Values[0] = product;
        return _coupons;
    }
}
