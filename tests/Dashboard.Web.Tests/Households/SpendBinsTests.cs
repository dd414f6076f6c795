using Dunnhumby.Contracts.Households;
using Dunnhumby.Dashboard.Web.Households;

namespace Dunnhumby.Dashboard.Web.Tests.Households;

public sealed class SpendBinsTests
{
    // Sunday 2004-07-04, Monday 2004-07-05, Sunday 2004-07-11, Monday 2004-08-02.
    private static readonly DailySpend Spend = new(1, ["dairy", "meat"],
    [
        Day(4, 7, 1m, 2m), Day(5, 7, 10m, 20m), Day(11, 7, 100m, 200m), Day(2, 8, 1_000m, 0m),
    ]);

    [Fact]
    public void Of_Weeks_RunFromMondayToSundayAndEmptyOnesAreThere()
    {
        var bins = SpendBins.Of(Spend, BinWidth.Week);

        bins.Select(bin => (bin.First.Month, bin.First.Day)).ShouldBe([(6, 28), (7, 5), (7, 12), (7, 19), (7, 26), (8, 2)]);
        bins.Select(bin => bin.Amounts[0]).ShouldBe([1m, 110m, 0m, 0m, 0m, 1_000m]);
        bins.Select(bin => bin.Amounts[1]).ShouldBe([2m, 220m, 0m, 0m, 0m, 0m]);
    }

    [Fact]
    public void Of_Months_AddUpCalendarMonths()
    {
        var bins = SpendBins.Of(Spend, BinWidth.Month);

        bins.Select(bin => (bin.First, bin.Amounts[0], bin.Amounts[1])).ShouldBe([(new DateOnly(2004, 7, 1), 111m, 222m), (new DateOnly(2004, 8, 1), 1_000m, 0m)]);
    }

    [Fact]
    public void Of_Days_HasOneForEveryDayOfTheRange() => SpendBins.Of(Spend, BinWidth.Day).Count.ShouldBe(30); // 4 July to 2 August.

    [Fact]
    public void WidthFor_LongRange_IsWeeks()
    {
        SpendBins.WidthFor(Spend.Days).ShouldBe(BinWidth.Day);
        SpendBins.WidthFor([Day(4, 7, 1m, 1m), Day(4, 12, 1m, 1m)]).ShouldBe(BinWidth.Week);
    }

    private static SpendDay Day(int day, int month, decimal dairy, decimal meat)
    {
        var date = new DateOnly(2004, month, day);
        return new SpendDay(date.DayNumber - new DateOnly(2004, 3, 23).DayNumber + 1, date, [dairy, meat], dairy + meat);
    }
}
