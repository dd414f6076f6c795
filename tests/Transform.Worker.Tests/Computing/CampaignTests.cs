using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

public sealed class CampaignTests : IDisposable
{
    private const string Periods = "sales_before, sales_during, sales_after, sales_total, days_before, days_during, days_after, days_total, avg_before, avg_during, avg_after, avg_total";

    private readonly TestLake _lake = new();

    public CampaignTests()
    {
        // The data lie in DAYs 101 to 110. Product 1 sells 1 on 101, 2 on 105, 4 on 110; product 2 sells 8 on 105.
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"), Rows.Product(2, "BEEF"));
        _lake.Add(
            DatasetNames.Transactions,
            Rows.Line(1, 10, 101, 1, "1.00"), Rows.Line(1, 11, 105, 1, "2.00"), Rows.Line(1, 12, 110, 1, "4.00"), Rows.Line(1, 11, 105, 2, "8.00"));
    }

    [Fact]
    public async Task DailySales_OfProductOnSeveralCoupons_CountItOncePerCampaign()
    {
        _lake.Add(DatasetNames.Coupons, Rows.Coupon(5, 1, upc: 1), Rows.Coupon(5, 1, upc: 2), Rows.Coupon(5, 2, upc: 1), Rows.Coupon(6, 1, upc: 1), Rows.Coupon(6, 99, upc: 1));
        _lake.Add(DatasetNames.Coupons, Rows.Coupon(5, 1, upc: 1), Rows.Coupon(5, 1, upc: 3));
        _lake.Add(DatasetNames.Campaigns, Rows.Campaign(5, 104, 106));
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select * from daily_campaign_sales order by all")
            .ShouldBe(["5 101 1.00", "5 105 10.00", "5 110 4.00", "6 101 1.00", "6 105 2.00", "6 110 4.00"]);
        computed.Row("select campaign, description, first_day, last_day, duration, listed_products from campaign_summary").ShouldBe("5 TypeA 104 106 3 2");
        computed.Rows("select code, count from notices where ordinal between 13 and 14 order by ordinal").ShouldBe(["listed_products_unknown 1", "campaigns_undescribed 1"]);
    }

    [Theory]
    [InlineData(104, 106, "1.00 10.00 4.00 15.00 3 3 4 10 0.333333 3.333333 1.000000 1.500000")]
    [InlineData(101, 110, "0.00 15.00 0.00 15.00 0 10 0 10 - 1.500000 - 1.500000")]
    [InlineData(50, 105, "0.00 11.00 4.00 15.00 0 5 5 10 - 2.200000 0.800000 1.500000")] // begins before the data: clipped
    [InlineData(105, 300, "1.00 14.00 0.00 15.00 4 6 0 10 0.250000 2.333333 - 1.500000")] // ends after it: clipped
    [InlineData(20, 30, "0.00 0.00 15.00 15.00 0 0 10 10 - - 1.500000 1.500000")] // all before the data
    [InlineData(200, 230, "15.00 0.00 0.00 15.00 10 0 0 10 1.500000 - - 1.500000")] // all after it
    public async Task Summary_OfCampaignDays_ClipsPeriodsToTheData(int first, int last, string expected)
    {
        _lake.Add(DatasetNames.Coupons, Rows.Coupon(5, 1), Rows.Coupon(5, 2));
        _lake.Add(DatasetNames.Campaigns, Rows.Campaign(5, first, last));
        using var computed = await Computed.FromAsync(_lake);

        computed.Row($"select {Periods} from campaign_summary").ShouldBe(expected);
    }

    [Fact]
    public async Task Summary_OfCampaignWithoutCoupons_HasARowWithZeros()
    {
        _lake.Add(DatasetNames.Campaigns, Rows.Campaign(5, 104, 106));
        using var computed = await Computed.FromAsync(_lake);

        computed.Row($"select listed_products, {Periods} from campaign_summary").ShouldBe("0 0.00 0.00 0.00 0.00 3 3 4 10 0.000000 0.000000 0.000000 0.000000");
    }

    [Theory]
    [InlineData("0.01", 64, "0.000156")] // 0.00015625: down
    [InlineData("0.05", 64, "0.000781")] // 0.00078125: down
    [InlineData("0.01", 32, "0.000313")] // 0.0003125: half up
    [InlineData("0.03", 32, "0.000938")] // 0.0009375: half up, where half to even would also go up
    [InlineData("0.05", 32, "0.001563")] // 0.0015625: half up, where half to even would go down
    [InlineData("2.00", 3, "0.666667")]
    [InlineData("999999999999.99", 1, "999999999999.990000")]
    public async Task PerDay_OfSalesAndDays_RoundsHalfUpAtSixDecimals(string sales, int days, string expected)
    {
        using var computed = await Computed.FromAsync(_lake);

        computed.Row($"select per_day({sales}::decimal(18, 2), {days})::varchar").ShouldBe(expected);
    }

    public void Dispose() => _lake.Dispose();
}
