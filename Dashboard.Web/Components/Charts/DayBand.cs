namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>A stretch of days that is shaded, both ends included.</summary>
public sealed record DayBand(DateOnly First, DateOnly Last, string Label);
