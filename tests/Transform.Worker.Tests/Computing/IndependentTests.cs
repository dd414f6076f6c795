using CsCheck;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>Random small data, computed by the models and by <see cref="IndependentFigures"/>, compared row by row.</summary>
public sealed class IndependentTests
{
    // Few households, days and products, so that ties, single-day households, empty periods and repeats are common; some days, products and
    // quantities are ones that the rules leave out.
    private static readonly Gen<LineRow[]> Lines = Gen.Select(
        Gen.Int[1, 9],
        Gen.Int[0, 2],
        Gen.OneOf(Gen.Int[101, 108], Gen.Int[99, 101], OneOf(525, 526, 615, 616, 675, 676, 700, 701, 708, 709)),
        Gen.Int[1, 7],
        Gen.Int[0, 5],
        Gen.OneOf(Gen.Int[0, 3], Gen.Int[0, 999]),
        (household, basket, day, product, quantity, cents) => new LineRow(household, (household * 10_000L) + (day * 10) + basket, day, product, quantity, cents)).Array[0, 80];

    private static readonly Gen<string> Commodity = OneOf("BEEF", "HALLOWEEN", "CHRISTMAS  SEASONAL", "", "NEW", "GASOLINE-REG UNLEADED");

    private static readonly Gen<ProductRow[]> Products = Gen.Select(Commodity, OneOf("ANY", "ANY", "", "GASOLINE-REG UNLEADED"))
        .Array[6]
        .Select(texts => texts.Select((text, index) => new ProductRow(index + 1, text.Item1, text.Item2)).ToArray());

    private static readonly Gen<CouponRow[]> Coupons = Gen.Select(Gen.Int[1, 5], Gen.Int[1, 8], Gen.Long[1, 3], (campaign, product, upc) => new CouponRow(campaign, product, upc)).Array[0, 25];

    private static readonly Gen<CampaignRow[]> Campaigns = Gen.Select(Gen.Int[90, 720], Gen.Int[0, 60])
        .Array[4]
        .Select(days => days.Select((day, index) => new CampaignRow(index + 1, day.Item1, day.Item1 + day.Item2)).ToArray());

    [Fact]
    public async Task Tables_OfRandomData_AgreeWithIndependentComputation() => await Gen.Select(Lines, Products, Coupons, Campaigns).SampleAsync(
        async data => await CompareAsync(data.Item1, data.Item2, data.Item3, data.Item4),
        iter: 40,
        threads: 1);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static async Task CompareAsync(LineRow[] lines, ProductRow[] products, CouponRow[] coupons, CampaignRow[] campaigns)
    {
        using var lake = new TestLake();
        lake.Add(DatasetNames.Transactions, lines.Select(line => Rows.Line(line.Household, line.Basket, line.Day, line.Product, $"{line.Cents / 100m:F2}", line.Quantity)));
        lake.Add(DatasetNames.Products, products.Select(product => Rows.Product(product.Product, product.Commodity, product.SubCommodity)));
        lake.Add(DatasetNames.Coupons, coupons.Select(coupon => Rows.Coupon(coupon.Campaign, coupon.Product, coupon.Upc)));
        lake.Add(DatasetNames.Campaigns, campaigns.Select(campaign => Rows.Campaign(campaign.Campaign, campaign.First, campaign.Last)));
        using var computed = await Computed.FromAsync(lake);
        var expected = new IndependentFigures(lines, products);

        computed.Rows(
            """
            select household_key, first_day, last_day, baskets, r_score, f_score, m_score, rfm_score, rfm_bin, meat, misc, seasonal, total_sales
            from household_summary order by household_key
            """).ShouldBe(expected.HouseholdSummary());
        computed.Rows("select day, household_key, meat, misc, seasonal, total_sales from daily_household_spend order by all").ShouldBe(expected.DailyHouseholdSpend());
        computed.Rows("select * from daily_sales order by day").ShouldBe(expected.DailySales());
        computed.Rows("select * from daily_campaign_sales order by campaign, day").ShouldBe(expected.DailyCampaignSales(coupons));
        computed.Rows("select * exclude (description) from campaign_summary order by campaign").ShouldBe(expected.CampaignSummary(campaigns, coupons));
    }
}
