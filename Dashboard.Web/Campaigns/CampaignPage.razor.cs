using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Contracts.Sales;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Dunnhumby.Dashboard.Web.Components.Charts;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Campaigns;

/// <summary>One campaign: daily sales of the products its coupons list, before, during and after it.</summary>
public sealed partial class CampaignPage
{
    private Campaign[] _campaigns = [];
    private Campaign? _campaign;
    private Trouble? _missing;
    private DaySales[] _sales = [];
    private IReadOnlyList<DayPoint> _days = [];
    private IReadOnlyList<DayBand> _window = [];
    private IReadOnlyList<DayLevel> _levels = [];
    private string _summary = "";

    /// <summary>CAMPAIGN of the files.</summary>
    [Parameter]
    public required string Number { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    protected override object LoadKey => Number;

    private protected override Trouble? AddressTrouble => AddressReader.Key<int>(Number) is null ? AddressReader.NoSuch("campaign", Number) : null;

    protected override async Task<Trouble?> LoadAsync(CancellationToken cancellationToken)
    {
        var number = AddressReader.Key<int>(Number) ?? throw new InvalidOperationException("An address without a number is not loaded.");
        var campaigns = Insights.GetAsync<Campaign[]>("campaigns", cancellationToken);
        var sales = Insights.GetAsync<DaySales[]>($"campaigns/{number}/daily-sales", cancellationToken);
        var campaign = await Insights.GetAsync<Campaign>($"campaigns/{number}", cancellationToken);
        _campaigns = (await campaigns).Value ?? _campaigns;
        (_campaign, _sales, _missing) = (campaign.Value, (await sales).Value ?? [], (await sales).Trouble);
        if (_campaign is not null)
        {
            Arrange(_campaign);
        }

        // Without the campaign its days say nothing.
        return campaign.Trouble ?? Blocking(first: null, _missing);
    }

    private void Arrange(Campaign campaign)
    {
        _days = DaySeries.Fill([.. _sales.Select(day => new DayPoint(day.Day, day.Date, day.Sales))]);
        _window = [new DayBand(campaign.FirstDate, campaign.LastDate, "campaign")];
        _levels = _days.Count == 0 ? [] : CampaignLevels.Of(campaign, _days[0].Date, _days[^1].Date);
        var change = (campaign.Before.Average, campaign.During.Average) is ({ } before and not 0, { } during)
            ? $", {Math.Abs((during / before) - 1):0.0 %} {(during >= before ? "more" : "less")} than before"
            : "";
        _summary = $"During the campaign ({Format.Date(campaign.FirstDate)} to {Format.Date(campaign.LastDate)}, DAY {campaign.FirstDay}–{campaign.LastDay}) its listed products "
            + $"sold for {Format.Money(campaign.During.Average)} a day{change}. All households and all stores count.";
    }

    private static IEnumerable<(string Name, CampaignPeriod Period)> Periods(Campaign campaign) =>
        [("before", campaign.Before), ("during", campaign.During), ("after", campaign.After), ("all days", campaign.Total)];

    private void Pick(ChangeEventArgs change) => Navigation.NavigateTo(Link($"/campaigns/{change.Value}"));
}

/// <summary>A campaign's averages as lines over the days that they are the averages of.</summary>
internal static class CampaignLevels
{
    /// <param name="first">First day of the data.</param>
    /// <param name="last">Last day of the data.</param>
    internal static IReadOnlyList<DayLevel> Of(Campaign campaign, DateOnly first, DateOnly last)
    {
        List<DayLevel> levels = [];
        Add(campaign.Before, first, campaign.FirstDate.AddDays(-1), "before", "before");
        Add(campaign.During, campaign.FirstDate, campaign.LastDate, "during", "during");
        Add(campaign.After, campaign.LastDate.AddDays(1), last, "after", "after");
        Add(campaign.Total, first, last, "all days", "total");
        return levels;

        void Add(CampaignPeriod period, DateOnly from, DateOnly to, string label, string kind)
        {
            if (period.Average is { } average)
            {
                levels.Add(new DayLevel(from, to, average, label, kind));
            }
        }
    }
}
