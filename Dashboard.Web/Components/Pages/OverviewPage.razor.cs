using Dunnhumby.Contracts.Insights;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components.Charts;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

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
        var sales = Insights.GetStoreDaysAsync(cancellationToken);
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
