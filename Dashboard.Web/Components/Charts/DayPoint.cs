namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>A day's figure, in dollars.</summary>
public sealed record DayPoint(int Day, DateOnly Date, decimal Value);
