using Dunnhumby.Dashboard.Web.Components.Charts;

namespace Dunnhumby.Dashboard.Web.Overview;

/// <summary>Average sales of the days of the week.</summary>
internal static class WeekdayProfile
{
    private static readonly DayOfWeek[] MondayFirst =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday,
    ];

    /// <summary>
    /// For each weekday, Monday first, the average over its days that have sales: days on which the stores are shut say nothing about a weekday.
    /// </summary>
    internal static IReadOnlyList<WeekdayAverage> Of(IEnumerable<DayPoint> points)
    {
        var open = points.Where(point => point.Value > 0).ToLookup(point => point.Date.DayOfWeek);
        return
        [
            .. MondayFirst.Select(weekday => new WeekdayAverage(
                weekday,
                open[weekday].Any() ? open[weekday].Average(point => point.Value) : 0,
                open[weekday].Count())),
        ];
    }
}

/// <summary>A weekday's average sales per open day, in dollars, and over how many days.</summary>
public sealed record WeekdayAverage(DayOfWeek Weekday, decimal Average, int Days);
