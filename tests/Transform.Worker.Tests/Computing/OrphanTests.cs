using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>Rows that point at nothing are counted as the tables stand: what a newer load replaced counts no more.</summary>
public sealed class OrphanTests : IDisposable
{
    private readonly TestLake _lake = new();

    [Fact]
    public async Task Orphans_OfSeveralLoads_AreCountedByTheLoadThatHasThemNow()
    {
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"), Rows.Product(2, "MILK"));
        // Load 2: basket 10 with an unknown product, replaced by load 3; basket 11 with two lines of it, which stays.
        var second = _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 8, "1.00"), Rows.Line(1, 11, 101, 8, "1.00"), Rows.Line(1, 11, 101, 8, "1.00"), Rows.Line(1, 12, 102, 1, "2.00"));
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 13, 101, 9, "1.00"));
        _lake.AddReplay(second, Rows.Line(1, 12, 102, 9, "3.00"), Rows.Line(1, 10, 102, 9, "3.00"));
        // Loads 5 and 6: a set; the same row twice is one row, of the newest load.
        _lake.Add(DatasetNames.Coupons, Rows.Coupon(5, 1), Rows.Coupon(5, 7));
        _lake.Add(DatasetNames.Coupons, Rows.Coupon(5, 7));
        // Loads 7 and 8: a key.
        _lake.Add(DatasetNames.Causal, "7,1,50,0,A", "7,1,51,0,A");
        _lake.Add(DatasetNames.Causal, "7,1,50,3,A", "1,1,50,3,A");
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select rows, keys, examples, loads from orphans where dataset = 'transaction_data'").ShouldBe(
            ["""4 2 [{"key":"8","rows":2},{"key":"9","rows":2}] [{"loadId":2,"rows":2},{"loadId":3,"rows":1},{"loadId":4,"rows":1}]"""]);
        computed.Rows("select rows, examples, loads from orphans where dataset = 'coupon' and target = 'product'").ShouldBe(["""1 [{"key":"7","rows":1}] [{"loadId":6,"rows":1}]"""]);
        computed.Rows("select rows, loads from orphans where dataset = 'causal_data'").ShouldBe(["""2 [{"loadId":7,"rows":1},{"loadId":8,"rows":1}]"""]);
    }

    [Fact]
    public async Task Orphans_OfEveryReference_AreFound()
    {
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"));
        _lake.Add(DatasetNames.Campaigns, Rows.Campaign(5, 200, 230));
        _lake.Add(DatasetNames.Demographics, Rows.Household(1), Rows.Household(2));
        _lake.Add(DatasetNames.CampaignHouseholds, "TypeA,1,5", "TypeA,3,5", "TypeA,1,6");
        _lake.Add(DatasetNames.Coupons, Rows.Coupon(5, 1, upc: 77), Rows.Coupon(7, 1, upc: 78));
        _lake.Add(DatasetNames.CouponRedemptions, "1,201,77,5", "1,202,78,5", "4,203,77,8");
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select dataset, column_names, target, rows, examples from orphans where rows > 0 order by reference").ShouldBe(
        [
            """hh_demographic household_key transaction_data 1 [{"key":"2","rows":1}]""",
            """campaign_table household_key transaction_data 1 [{"key":"3","rows":1}]""",
            """campaign_table CAMPAIGN campaign_desc 1 [{"key":"6","rows":1}]""",
            """coupon CAMPAIGN campaign_desc 1 [{"key":"7","rows":1}]""",
            """coupon_redempt COUPON_UPC, CAMPAIGN coupon 2 [{"key":"77, 8","rows":1},{"key":"78, 5","rows":1}]""",
            """coupon_redempt CAMPAIGN campaign_desc 1 [{"key":"8","rows":1}]""",
            """coupon_redempt household_key, CAMPAIGN campaign_table 1 [{"key":"4, 8","rows":1}]""",
            """coupon_redempt household_key transaction_data 1 [{"key":"4","rows":1}]""",
        ]);

        // There is no product file: what points at it is not counted as long as that is so.
        computed.Rows("select dataset, is_target_loaded, rows from orphans where target = 'product' order by reference").ShouldBe(
            ["transaction_data False -", "coupon False -", "causal_data False -"]);
    }

    public void Dispose() => _lake.Dispose();
}
