using Dunnhumby.Dashboard.Web.Components.Charts;

namespace Dunnhumby.Dashboard.Web.Tests.Components.Charts;

public sealed class DaySeriesTests
{
    private static readonly DateOnly Christmas = new(2004, 12, 25);

    [Fact]
    public void Fill_DayWithoutSales_IsZero()
    {
        var filled = DaySeries.Fill([new(277, Christmas.AddDays(-1), 8m), new(280, Christmas.AddDays(2), 4m)]);

        filled.ShouldBe([new(277, Christmas.AddDays(-1), 8m), new(278, Christmas, 0m), new(279, Christmas.AddDays(1), 0m), new(280, Christmas.AddDays(2), 4m)]);
    }

    [Fact]
    public void Smooth_ThreeDays_AveragesNeighboursAndWhatThereIsAtTheEnds()
    {
        DayPoint[] points = [new(1, Christmas, 1m), new(2, Christmas.AddDays(1), 2m), new(3, Christmas.AddDays(2), 6m)];

        // (1+2)/2, (1+2+6)/3, (2+6)/2.
        DaySeries.Smooth(points, 3).ShouldBe([1.5m, 3m, 4m]);
    }

    [Fact]
    public void ChristmasDays_ReferenceRange_AreDays278And643()
    {
        var dayOne = new DateOnly(2004, 3, 23);

        var days = DaySeries.ChristmasDays(new DateOnly(2004, 7, 1), new DateOnly(2006, 2, 28));

        // The two days on which sales vanish in the data set.
        days.Select(date => date.DayNumber - dayOne.DayNumber + 1).ShouldBe([278, 643]);
    }
}
