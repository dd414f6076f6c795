using Dunnhumby.Dashboard.Web.Components.Charts;

namespace Dunnhumby.Dashboard.Web.Tests.Components.Charts;

public sealed class DayChartGeometryTests
{
    private static readonly DateOnly First = new(2004, 7, 1);

    // 100 wide, 10 per day and 100 high, so that coordinates can be read off.
    private static readonly Plot Plot = new(120, 120, 10, 10, 110, 110);

    private readonly DayChartGeometry _geometry = new(
        [.. Enumerable.Range(0, 10).Select(index => new DayPoint(101 + index, First.AddDays(index), index == 3 ? 100m : 50m))], [], Plot);

    [Fact]
    public void YTicks_OfABillionLargestLinesInADay_AreRoundAndShort()
    {
        var geometry = new DayChartGeometry([new DayPoint(101, First, 9_999_999_990_000_000m)], [], Plot);

        geometry.YTicks.Select(tick => tick.Label).ShouldBe(["$0", "$2,000T", "$4,000T", "$6,000T", "$8,000T", "$10,000T"]);
    }

    [Fact]
    public void Columns_TenDays_AreATenthOfTheWidthEach()
    {
        _geometry.DayWidth.ShouldBe(10);
        _geometry.Start(First).ShouldBe(10);
        _geometry.Middle(First.AddDays(3)).ShouldBe(45);
        _geometry.End(First.AddDays(9)).ShouldBe(110);
    }

    [Fact]
    public void Window_BeyondTheData_IsCutAtTheEdges()
    {
        _geometry.Start(First.AddDays(-20)).ShouldBe(10);
        _geometry.End(First.AddDays(40)).ShouldBe(110);
    }

    [Fact]
    public void Line_Points_LieInTheMiddleOfTheirDays()
    {
        // 100 is the top of the axis (y = 10), 50 its middle (y = 60).
        _geometry.Line.ShouldStartWith("M15 60L25 60L35 60L45 10L55 60");
        _geometry.Area.ShouldEndWith("L105 110L15 110Z");
    }

    [Fact]
    public void YTicks_LevelAboveThePoints_StaysInside()
    {
        var geometry = new DayChartGeometry([new(1, First, 10m)], [new DayLevel(First, First, 90m, "average", "total")], Plot);

        geometry.YTicks[^1].Label.ShouldBe("$100");
        geometry.Y(90m).ShouldBe(20, 1e-9);
    }
}
