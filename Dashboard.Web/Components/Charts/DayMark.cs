namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>A day that is pointed out.</summary>
public sealed record DayMark(DateOnly Date, string Label);
