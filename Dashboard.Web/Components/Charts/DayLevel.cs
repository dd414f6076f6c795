namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>A horizontal line over a stretch of days, both ends included: an average per day, in dollars.</summary>
/// <param name="Kind">Names its colour in the style sheet: before, during, after or total.</param>
public sealed record DayLevel(DateOnly First, DateOnly Last, decimal Value, string Label, string Kind);
