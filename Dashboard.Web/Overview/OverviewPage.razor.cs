using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components.Charts;
using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Overview;

/// <summary>Sales of the whole panel over time, its counts, and what the version was made from.</summary>
public sealed partial class OverviewPage
{
    private const string HouseholdTable = "household_summary";
    private const string CampaignTable = "campaign_summary";

    private StoreDay[] _storeDays = [];
    private IReadOnlyList<DayPoint> _days = [];
    private IReadOnlyList<DayMark> _christmas = [];
    private IReadOnlyList<WeekdayAverage> _weekdays = [];
    private OverviewFigures _figures = OverviewFigures.None;

    protected override object LoadKey => true;

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var sales = Insights.GetAsync<StoreDay[]>("sales/daily", cancellationToken);
        var version = await Insights.GetVersionAsync(cancellationToken);
        var days = await sales;
        if (days.Value is null || version.Value is null)
        {
            return days.Trouble ?? version.Trouble;
        }

        _storeDays = days.Value;
        _days = DaySeries.Fill([.. _storeDays.Select(day => new DayPoint(day.Day, day.Date, day.Sales))]);
        _christmas = _days.Count == 0 ? [] : [.. DaySeries.ChristmasDays(_days[0].Date, _days[^1].Date).Select(date => new DayMark(date, "Christmas"))];
        _weekdays = WeekdayProfile.Of(_days);
        _figures = OverviewFigures.Of(_storeDays, _weekdays, Rows(version.Value, HouseholdTable), (int?)Rows(version.Value, CampaignTable));
        return null;
    }

    private static long? Rows(InsightsVersion version, string name) =>
        version.Tables.FirstOrDefault(table => string.Equals(table.Name, name, StringComparison.Ordinal))?.Rows;
}

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
