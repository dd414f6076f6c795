using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Components.Charts;
using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

/// <summary>The overview's totals, and its charts in words.</summary>
internal sealed record OverviewFigures(decimal Sales, long Baskets, long Lines, long? Households, int? Campaigns, string Summary, string WeekdaySummary)
{
    internal static OverviewFigures None { get; } = new(0, 0, 0, 0, 0, "", "");

    /// <param name="days">Ascending.</param>
    /// <param name="households">Rows of household_summary; null when there is no such table.</param>
    /// <param name="campaigns">Rows of campaign_summary; null when there is no such table.</param>
    internal static OverviewFigures Of(IReadOnlyList<StoreDay> days, IReadOnlyList<WeekdayAverage> weekdays, long? households, int? campaigns)
    {
        var sales = days.Sum(day => day.Sales);
        return new(sales, days.Sum(day => (long)day.Baskets), days.Sum(day => (long)day.Lines), households, campaigns, Describe(days, sales), Describe(weekdays));
    }

    private static string Describe(IReadOnlyList<StoreDay> days, decimal sales)
    {
        if (days.Count == 0)
        {
            return "No sales in the data.";
        }

        var best = days.MaxBy(day => day.Sales) ?? days[0];
        return $"{Format.Money(sales)} on {Format.Count(days.Count, "day")} with sales from {Format.Date(days[0].Date)} (DAY {days[0].Day}) to {Format.Date(days[^1].Date)} "
            + $"(DAY {days[^1].Day}), {Format.Money(sales / days.Count)} a day; most on {Format.Day(best.Day, best.Date)} with {Format.Money(best.Sales)}.";
    }

    private static string Describe(IReadOnlyList<WeekdayAverage> weekdays)
    {
        var open = weekdays.Where(weekday => weekday.Days > 0).ToArray();
        return open.Length == 0
            ? "No sales in the data."
            : $"Most is sold on {open.MaxBy(weekday => weekday.Average)?.Weekday}s, least on {open.MinBy(weekday => weekday.Average)?.Weekday}s. Days without sales are left out.";
    }
}
