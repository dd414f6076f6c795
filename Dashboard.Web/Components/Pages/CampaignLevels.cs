using Dunnhumby.Contracts.Campaigns;
using Dunnhumby.Dashboard.Web.Components.Charts;

namespace Dunnhumby.Dashboard.Web.Components.Pages;

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
