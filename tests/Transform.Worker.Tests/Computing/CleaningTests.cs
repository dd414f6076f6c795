using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

public sealed class CleaningTests : IDisposable
{
    private readonly TestLake _lake = new();

    [Fact]
    public async Task Cleaning_OfOneLinePerRule_CountsEachUnderItsRule()
    {
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"), Rows.Product(2, "GASOLINE-REG UNLEADED"), Rows.Product(3, "BEEF", "GASOLINE-REG UNLEADED"));
        _lake.Add(
            DatasetNames.Transactions,
            Rows.Line(1, 10, 101, 1, "1.00"), // the first day that counts
            Rows.Line(1, 11, 708, 1, "2.00"), // the last one
            Rows.Line(1, 12, 100, 1, "4.00"), // too early
            Rows.Line(1, 13, 709, 1, "8.00"), // too late
            Rows.Line(1, 14, 200, 1, "16.00", quantity: 0),
            Rows.Line(1, 14, 200, 1, "0.00"),
            Rows.Line(1, 15, 200, 99, "32.00"), // no such product
            Rows.Line(1, 16, 200, 2, "64.00"), // excluded by its commodity
            Rows.Line(1, 16, 200, 3, "128.00")); // excluded by its sub-commodity
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select code, count from notices where code like 'lines%' order by ordinal").ShouldBe(
            ["lines_read 9", "lines_zero 2", "lines_outside_days 2", "lines_unknown_product 1", "lines_excluded_commodity 2", "lines_single_day_households 0", "lines_cleaned 2"]);
        computed.Row("select first_day, last_day, baskets, total_sales from household_summary").ShouldBe("101 708 2 3.00");
    }

    [Fact]
    public async Task Cleaning_OfLineThatSeveralRulesLeaveOut_CountsItUnderTheFirst()
    {
        _lake.Add(DatasetNames.Transactions, Rows.Line(1, 10, 5, 99, "0.00"), Rows.Line(1, 11, 5, 99, "1.00"));
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select code from notices where code like 'lines%' and count = 1 order by ordinal").ShouldBe(["lines_zero", "lines_outside_days"]);
    }

    [Fact]
    public async Task Cleaning_OfHouseholdLeftWithOneDay_LeavesItOut()
    {
        // Household 1 has two days in the file, but rule 3 takes one of them; household 2 has two baskets on one day; household 3 stays.
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"));
        _lake.Add(
            DatasetNames.Transactions,
            Rows.Line(1, 10, 101, 1, "1.00"),
            Rows.Line(1, 11, 102, 99, "1.00"),
            Rows.Line(2, 20, 101, 1, "1.00"),
            Rows.Line(2, 21, 101, 1, "1.00"),
            Rows.Line(3, 30, 101, 1, "1.00"),
            Rows.Line(3, 31, 102, 1, "1.00"));
        using var computed = await Computed.FromAsync(_lake);

        computed.Rows("select household_key from household_summary").ShouldBe(["3"]);
        computed.Row("select count from notices where code = 'lines_single_day_households'").ShouldBe("3");
    }

    [Fact]
    public async Task Sections_OfMappedUnmappedAndMissingCommodity_AreTheMapsAndMisc()
    {
        _lake.Add(
            DatasetNames.Products,
            Rows.Product(1, "BEEF"), Rows.Product(2, "HALLOWEEN"), Rows.Product(3, "CHRISTMAS  SEASONAL"), Rows.Product(4, " "), Rows.Product(5, "beef"));
        _lake.Add(
            DatasetNames.Transactions,
            Rows.Line(1, 10, 101, 1, "0.01"), Rows.Line(1, 10, 101, 2, "0.02"), Rows.Line(1, 10, 101, 3, "0.04"), Rows.Line(1, 10, 101, 4, "0.08"),
            Rows.Line(1, 11, 102, 5, "0.16"), Rows.Line(1, 11, 102, 1, "0.32"));
        using var computed = await Computed.FromAsync(_lake);

        computed.Row("select meat, seasonal, misc, grocery, total_sales from household_summary").ShouldBe("0.33 0.02 0.28 0.00 0.63");
        computed.Rows("select day, household_key, meat, seasonal, misc, total_sales from daily_household_spend order by day")
            .ShouldBe(["101 1 0.01 0.02 0.12 0.15", "102 1 0.32 0.00 0.16 0.48"]);
    }

    [Fact]
    public async Task Settings_OtherThanDefault_AreUsed()
    {
        _lake.Add(DatasetNames.Products, Rows.Product(1, "BEEF"), Rows.Product(2, "IT'S"));
        _lake.Add(
            DatasetNames.Transactions,
            Rows.Line(1, 10, 50, 1, "1.00"), Rows.Line(1, 11, 51, 1, "1.00"), Rows.Line(1, 12, 52, 1, "1.00"), Rows.Line(1, 12, 51, 2, "1.00"));
        using var computed = await Computed.FromAsync(
            _lake, Computed.Defaults with { FirstDay = 50, LastDay = 51, ExcludedCommodities = ["IT'S"], RecencyDays = [10, 20, 30, 51] });

        computed.Row("select first_day, last_day, r_score, total_sales from household_summary").ShouldBe("50 51 4 2.00");
    }

    public void Dispose() => _lake.Dispose();
}
