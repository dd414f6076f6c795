namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>How many days a column of a chart adds up.</summary>
public enum BinWidth
{
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>A month of the calendar.</summary>
    Month,
}
