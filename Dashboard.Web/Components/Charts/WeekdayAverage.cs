namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>A weekday's average sales per open day, in dollars, and over how many days.</summary>
public sealed record WeekdayAverage(DayOfWeek Weekday, decimal Average, int Days);
