using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>A later load owns the units that it brings; what it does not bring stays.</summary>
public sealed class ReplacementTests : IDisposable
{
    private const string Baskets = "select basket_id, product_id, sales_value from transaction_data order by all";

    private readonly TestLake _lake = new();

    [Fact]
    public async Task Transactions_LoadedAgainWithChangedBasket_HaveTheNewestBasketWhole()
    {
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 2, "5.00"), Rows.Line(1, 12, 103, 1, "7.00"), Rows.Line(1, 12, 103, 1, "7.00"));
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select basket_id, product_id, sales_value from transaction_data order by all")
            .ShouldBe(["10 2 5.00", "11 1 2.00", "12 1 7.00", "12 1 7.00"]);
    }

    [Fact]
    public async Task Keys_LoadedAgain_HaveTheNewestRow()
    {
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"), Rows.Product(2, "BEEF"));
        _lake.Add(DatasetNames.Products, Rows.Product(1, "MILK"), Rows.Product(3, "MILK"));
        _lake.Add(DatasetNames.Causal, "1,1,50,0,A", "1,1,51,0,A");
        _lake.Add(DatasetNames.Causal, "1,1,50,3,A");
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select product_id, commodity_desc from product order by 1").ShouldBe(["1 MILK", "2 BEEF", "3 MILK"]);
        computed.Rows("select week_no, display from causal_data order by 1").ShouldBe(["50 3", "51 0"]);
    }

    [Fact]
    public async Task Sets_LoadedAgain_DoNotDouble()
    {
        _lake.Add(DatasetNames.Coupons, Rows.Coupon(5, 1), Rows.Coupon(5, 2));
        _lake.Add(DatasetNames.Coupons, Rows.Coupon(5, 2), Rows.Coupon(5, 3));
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select product_id from coupon order by 1").ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task Transactions_Replayed_StandBesideTheOtherRowsOfTheirBasket()
    {
        var first = _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 10, 101, 2, "2.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        _lake.AddReplay(first, Rows.Line(1, 10, 101, 3, "3.00"));
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows(Baskets).ShouldBe(["10 1 1.00", "10 2 2.00", "10 3 3.00", "11 1 2.00"]);
    }

    [Fact]
    public async Task Transactions_ReplayedAfterAReExtract_LeaveTheBasketsOfTheReExtractAlone()
    {
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 12, 101, 8, "8.00"), Rows.Line(1, 13, 101, 9, "9.00"));
        var mended = _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 102, 1, "2.00"));
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.50"), Rows.Line(1, 10, 101, 2, "2.50"));
        // Of basket 10, which a newer load has, of basket 11, which is the mended load's, and the only row of basket 12 there.
        _lake.AddReplay(mended, Rows.Line(1, 10, 101, 3, "3.00"), Rows.Line(1, 11, 102, 4, "4.00"), Rows.Line(1, 12, 101, 5, "5.00"));
        using (var computed = await Computed.FromAsync(_lake))
        {
            computed.Rows(Baskets).ShouldBe(["10 1 1.50", "10 2 2.50", "11 1 2.00", "11 4 4.00", "12 5 5.00", "13 9 9.00"]);
        }

        // A still newer extract has basket 11 whole: the mended load's row and its replay's are both superseded.
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 11, 102, 7, "7.00"));
        using var later = await Computed.FromAsync(_lake);
        later.Rows(Baskets).ShouldBe(["10 1 1.50", "10 2 2.50", "11 7 7.00", "12 5 5.00", "13 9 9.00"]);
    }

    [Fact]
    public async Task Keys_Replayed_ReplaceTheMendedLoadsRowButNotANewerLoads()
    {
        var mended = _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"), Rows.Product(2, "BEEF"));
        _lake.Add(DatasetNames.Products, Rows.Product(2, "MILK"));
        _lake.AddReplay(mended, Rows.Product(1, "PORK"), Rows.Product(2, "PORK"), Rows.Product(3, "PORK"));
        var causal = _lake.Add(DatasetNames.Causal, "1,1,50,0,A");
        _lake.AddReplay(causal, "1,1,50,3,A", "1,1,51,0,A");
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select product_id, commodity_desc from product order by 1").ShouldBe(["1 PORK", "2 MILK", "3 PORK"]);
        computed.Rows("select week_no, display from causal_data order by 1").ShouldBe(["50 3", "51 0"]);
    }

    [Fact]
    public async Task Load_Withdrawn_BringsBackWhatItSuperseded()
    {
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 10, 101, 2, "2.00"));
        var withdrawn = _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 101, 3, "5.00"), Rows.Line(1, 12, 103, 1, "7.00"));
        _lake.Withdraw(withdrawn);
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 13, 104, 1, "9.00"));
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows(Baskets).ShouldBe(["10 1 1.00", "10 2 2.00", "13 1 9.00"]);
    }

    public void Dispose() => _lake.Dispose();
}
