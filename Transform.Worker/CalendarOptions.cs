namespace Dunnhumby.Transform.Worker;

/// <summary>The calendar of the panel, from the section <c>Calendar</c>. The files hold day numbers only.</summary>
internal sealed class CalendarOptions
{
    internal const string Section = "Calendar";

    /// <summary>The date of DAY 1; the default is the reference project's derivation.</summary>
    public DateOnly DayOne { get; set; } = new(2004, 3, 23);
}
