using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Contracts.Totals;
using Dunnhumby.Insights.Api.Rows;
using Microsoft.AspNetCore.Mvc;

namespace Dunnhumby.Insights.Api.Sales;

/// <summary>Sales by department and section, by the hour, and what cleaning leaves out.</summary>
internal static class DepartmentSalesEndpoints
{
    internal static void MapDepartmentSales(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/sales").WithTags("Sales");
        group.MapRows<DepartmentDayRequest, DepartmentDay, SalesTotals>("/days", new("sales_daily", "day", "department", "section"))
            .WithName("ListDepartmentDays").WithSummary("Cleaned sales by day, department and section, over all stores.");
        group.MapRows<DepartmentWeekRequest, DepartmentWeek, SalesTotals>("/weeks", new("sales_weekly", "week_no", "department", "section"))
            .WithName("ListDepartmentWeeks").WithSummary("Cleaned sales by week, department and section, over all stores, beside those of the week 52 weeks before.");
        group.MapRows<SalesHourRequest, SalesHour, HourTotals>("/hours", new("sales_by_hour", "weekday", "hour"))
            .WithName("ListSalesHours").WithSummary("Cleaned sales by weekday and hour of the day, over all days. A weekday is DAY modulo 7.");
        group.MapRows<ExcludedSalesRequest, ExcludedSales, LineTotals>("/excluded", new("excluded_sales", "day", "part") { AddsUp = request => request.Part is not null })
            .WithName("ListExcludedSales").WithSummary("What each cleaning rule leaves out of a day, in lines and money: loaded is what is shown and all that is left out.");
    }
}

/// <summary>The query of <c>GET /sales/days</c>.</summary>
internal sealed record DepartmentDayRequest : DayRequest
{
    [Description("Keep this department, as product.csv writes it; (none) where that is blank. Repeat it for several.")]
    [FromQuery(Name = "department")]
    [Filter("department")]
    public string[]? Department { get; init; }

    [Description("Keep this section.")]
    [FromQuery(Name = "section")]
    [Filter("section")]
    [Section]
    public string? Section { get; init; }

    [Description("The order: by day, department and section when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("day", "department", "salesValue", "units")]
    public string? Sort { get; init; }
}

/// <summary>The query of <c>GET /sales/weeks</c>.</summary>
internal sealed record DepartmentWeekRequest : WeekRequest
{
    [Description("Keep this department, as product.csv writes it; (none) where that is blank. Repeat it for several.")]
    [FromQuery(Name = "department")]
    [Filter("department")]
    public string[]? Department { get; init; }

    [Description("Keep this section.")]
    [FromQuery(Name = "section")]
    [Filter("section")]
    [Section]
    public string? Section { get; init; }

    [Description("The order: by week, department and section when left out. Rows without a year before come last.")]
    [FromQuery(Name = "sort")]
    [Sort("weekNo", "department", "section", "salesValue", "units", "baskets", "households", "likeForLike")]
    public string? Sort { get; init; }
}

/// <summary>The query of <c>GET /sales/hours</c>.</summary>
internal sealed record SalesHourRequest : RowRequest
{
    [Description("Keep this weekday, DAY modulo 7.")]
    [FromQuery(Name = "weekday")]
    [Filter("weekday")]
    [Range(0, 6, ErrorMessage = "weekday takes a whole number from 0 to 6.")]
    public int? Weekday { get; init; }

    [Description("Keep this hour: 13 is from 13:00 to 13:59.")]
    [FromQuery(Name = "hour")]
    [Filter("hour")]
    [Range(0, 23, ErrorMessage = "hour takes a whole number from 0 to 23.")]
    public int? Hour { get; init; }

    [Description("The order: by weekday and hour when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("weekday", "hour", "salesValue", "baskets", "salesPerDay")]
    public string? Sort { get; init; }
}

/// <summary>The query of <c>GET /sales/excluded</c>.</summary>
internal sealed record ExcludedSalesRequest : DayRequest
{
    [Description("Keep this part. Without it totals have no sums: every line is in loaded, and in its part.")]
    [FromQuery(Name = "part")]
    [Filter("part")]
    [AllowedValues(
        null, "loaded", "zero", "outside_days", "unknown_product", "excluded_commodity", "single_day_household", "shown",
        ErrorMessage = "part takes one of loaded, zero, outside_days, unknown_product, excluded_commodity, single_day_household, shown.")]
    public string? Part { get; init; }

    [Description("The order: by day and part when left out.")]
    [FromQuery(Name = "sort")]
    [Sort("day", "part", "lines", "salesValue")]
    public string? Sort { get; init; }
}
